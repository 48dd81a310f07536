"""Every architecture in a process of its own, with a time limit; what was measured before is not measured again."""

from __future__ import annotations

import json
import multiprocessing
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

_ASKED = """
bert roberta distilbert albert electra camembert xlm-roberta ernie mpnet deberta deberta-v2 roformer modernbert
nomic_bert convbert megatron-bert rembert squeezebert mobilebert layoutlm esm data2vec-text roberta-prelayernorm
xlm-roberta-xl ibert nystromformer fnet flaubert xlm big_bird longformer funnel jina_embeddings_v3 eurobert splinter
luke canine yoso mra gpt2 gpt_neo gptj gpt_neox opt bloom llama mistral ministral mixtral qwen2 qwen3 qwen3_moe gemma
gemma2 gemma3_text phi phi3 falcon mpt xlnet gpt_oss gpt_bigcode codegen stablelm starcoder2 olmo olmo2 olmo3 cohere
cohere2 granite granite_swa smollm3 glm glm4 exaone4 deepseek_v2 deepseek_v3 deepseek_v32 biogpt xglm openai-gpt ctrl
persimmon dbrx helium nemotron arcee minimax qwen3_next llama4_text hunyuan_v1_dense bitnet jamba zamba2 recurrent_gemma
modernbert-decoder diffllama doge glm_moe_dsa vaultgemma ministral3 apertus seed_oss lfm2 rwkv t5 mt5 umt5 longt5
switch_transformers bart mbart marian pegasus pegasus_x m2m_100 blenderbot blenderbot-small led plbart mvp prophetnet
bigbird_pegasus nllb-moe fsmt t5gemma vit deit swin swinv2 beit dinov2 dinov3_vit dinov2_with_registers hiera pvt
segformer ijepa vit_mae clip_vision_model siglip_vision_model vitdet data2vec-vision poolformer wav2vec2 hubert wavlm
wav2vec2-bert wav2vec2-conformer sew unispeech audio-spectrogram-transformer whisper speech_to_text data2vec-audio
moonshine clip siglip altclip blip
"""
ASKED = _ASKED.split()
"""The architectures that must be tried: encoders, decoders, encoder-decoders, image, audio, image and text."""

LIMIT = 120.0
"""Seconds for one architecture."""


def known() -> list[str]:
    """Those that must be tried, then every other one of which transformers has a model without a task head."""
    from transformers.models.auto.configuration_auto import CONFIG_MAPPING_NAMES
    from transformers.models.auto.modeling_auto import MODEL_MAPPING_NAMES

    others = {name for name in CONFIG_MAPPING_NAMES if name in MODEL_MAPPING_NAMES} - {*ASKED}
    return [*ASKED, *sorted(others - {"workbench"})]


def sweep(names: Iterable[str], results: Path, tell: Callable[[dict[str, Any]], None]) -> list[dict[str, Any]]:
    """Measure each architecture that the results do not hold yet.

    Args:
        names: transformers' names.
        results: A file of JSON lines; it grows by one line at a time.
        tell: Hears of each new result.

    Returns:
        All results, in the order of the names.
    """
    names = list(names)
    lines = results.read_text(encoding="utf-8").splitlines() if results.is_file() else []
    found = {(result := json.loads(line))["name"]: result for line in lines}
    context = multiprocessing.get_context("spawn" if "fork" not in multiprocessing.get_all_start_methods() else "forkserver")
    if context.get_start_method() == "forkserver":
        context.set_forkserver_preload(["transformers", "torch", "tests.architectures.measure"])
    results.parent.mkdir(parents=True, exist_ok=True)
    for name in names:
        if name in found:
            continue
        found[name] = _alone(context, name)
        with results.open("a", encoding="utf-8") as file:
            file.write(json.dumps(found[name]) + "\n")
        tell(found[name])
    return [found[name] for name in names]


def _alone(context: Any, name: str) -> dict[str, Any]:  # Any: one of the start methods' contexts
    """One architecture in a process that may take too long, or die."""
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_measure, args=(name, sender), daemon=True)
    process.start()
    sender.close()
    failed = {"name": name, "verdict": "not run", "message": f"no answer within {LIMIT:.0f} s"}
    try:
        if receiver.poll(LIMIT):
            return receiver.recv()
    except EOFError:
        failed["message"] = "its process died"
    finally:
        process.kill()
        process.join()
        receiver.close()
    return failed


def _measure(name: str, sender: Any) -> None:  # Any: a connection of the context
    import torch
    import transformers

    from tests.architectures.measure import measure

    torch.set_num_threads(1)
    transformers.logging.set_verbosity_error()
    warnings.simplefilter("ignore")
    try:
        sender.send(measure(name).as_dict())
    except Exception as error:  # whatever a model does when it is made small by rule: the sweep goes on, the table says it
        lines = str(error).strip().splitlines()
        sender.send({"name": name, "verdict": "not run", "message": f"{type(error).__name__}: {lines[0][:160] if lines else ''}"})
