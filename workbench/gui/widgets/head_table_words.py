"""What stands in a table of heads, in the language of the window."""

from __future__ import annotations

from PySide6.QtCore import QObject

from workbench.gui.models.head_table_model import HeadWords


class HeadTableWords(QObject):
    """Says columns, kinds and what heads are called; its names are those of `workbench.contracts.head_tables`."""

    def say(self) -> HeadWords:
        """Everything in the current language."""
        return HeadWords(
            titles=self._titles(), explained=self._explained(),
            kinds={"encoder": self.tr("encoder"), "decoder": self.tr("decoder"), "cross": self.tr("cross")},
            names=self._names(), beside=self.tr("{0} (chance {1})"),
            baselines=self.tr("Even attention under the same mask: {0}. Its own weights dealt out at random: {1} ± {2} (95 %)."),
        )  # fmt: skip

    def _titles(self) -> dict[str, str]:
        return {
            "kind": self.tr("Kind"), "head": self.tr("Head"), "names": self.tr("What it does"),
            "entropy": self.tr("Entropy, nats"), "mean_distance": self.tr("Distance, tokens"),
            "previous_token": self.tr("Previous token"), "next_token": self.tr("Next token"), "own_token": self.tr("Same token"),
            "first_token": self.tr("First token (sink)"), "special_tokens": self.tr("Special tokens"),
            "duplicate_token": self.tr("Duplicate"), "induction": self.tr("Induction"), "mirrored": self.tr("Mirrored"),
            "positional": self.tr("Positional"), "value_weighted_norm": self.tr("Value-weighted norm"),
            "output_change": self.tr("Output without it"), "loss_change": self.tr("Loss without it, nats"),
            "gradient_importance": self.tr("Gradient importance, nats"),
        }  # fmt: skip

    def _explained(self) -> dict[str, str]:
        weight = self.tr("Mean weight on {0}, over all queries that have such a key.")
        return {
            "head": self.tr("Layer and head, counted from 1."),
            "names": self.tr(
                "A head is called what it does clearly more than even attention and than its own weights at random."
            ),
            "entropy": self.tr("How widely a query looks: 0 for one key, the logarithm of their number for all keys alike."),
            "mean_distance": self.tr("How far from itself a query looks, on average."),
            "previous_token": weight.format(self.tr("the token before")),
            "next_token": weight.format(self.tr("the token after")),
            "own_token": weight.format(self.tr("the same position")),
            "first_token": weight.format(self.tr("the first token")),
            "special_tokens": weight.format(self.tr("special tokens")),
            "duplicate_token": weight.format(self.tr("the same token elsewhere")),
            "induction": weight.format(self.tr("what followed the same token before")),
            "mirrored": weight.format(self.tr("the mirrored position")),
            "positional": self.tr("How much of the pattern stays when the words are shuffled: 1 goes by places alone."),
            "value_weighted_norm": self.tr("How much the head adds: weights times the norm of what each value becomes."),
            "output_change": self.tr("How far the model's output moves when the head is off, of the output's own size."),
            "loss_change": self.tr("By how much the loss grows when the head is off; below 0 the model does better without it."),
            "gradient_importance": self.tr("What the gradient says the loss would change by, without trying."),
        }

    def _names(self) -> dict[str, str]:
        return {
            "previous_token": self.tr("previous token"), "next_token": self.tr("next token"), "own_token": self.tr("same token"),
            "first_token": self.tr("first token (sink)"), "special_tokens": self.tr("special tokens"),
            "mirrored": self.tr("mirrored position"), "induction": self.tr("induction"),
            "duplicate_token": self.tr("duplicate token"),
        }  # fmt: skip
