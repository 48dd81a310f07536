<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
    <context>
        <name>AnswerPanel</name>
        <message>
            <source>A sentence vector of {0} numbers: this model answers nothing else.</source>
            <translation>{0} 个数的句向量：这个模型不给出别的回答。</translation>
        </message>
        <message>
            <source>A vector of {0} numbers for the picture: this model answers nothing else.</source>
            <translation>图片的向量，共 {0} 个数：此模型不给出其他答案。</translation>
        </message>
        <message>
            <source>Answer</source>
            <translation>回答</translation>
        </message>
        <message>
            <source>Loss on this text: {0} nats a token</source>
            <translation>这段文本上的损失：每个词元 {0} 奈特</translation>
        </message>
        <message>
            <source>Sentence vector: cosine {0} to the one without the changes.</source>
            <translation>句向量：与未改动时的余弦相似度为 {0}。</translation>
        </message>
        <message>
            <source>The likeliest next token:</source>
            <translation>最可能的下一个词元：</translation>
        </message>
        <message>
            <source>The likeliest token behind the first mask:</source>
            <translation>第一个掩码处最可能的词元：</translation>
        </message>
        <message>
            <source>The model says: {0}</source>
            <translation>模型认为：{0}</translation>
        </message>
        <message>
            <source>The model writes: {0}</source>
            <translation>模型写出：{0}</translation>
        </message>
        <message>
            <source>Vector of the picture: cosine {0} to the one without the changes.</source>
            <translation>图片向量：与未作更改时的余弦为 {0}。</translation>
        </message>
        <message>
            <source>What the model makes of the text appears here, also what a change does to it.</source>
            <translation>模型对文本的回答显示在这里，改动带来的影响也一样。</translation>
        </message>
        <message>
            <source>no entity</source>
            <translation>没有实体</translation>
        </message>
        <message>
            <source>the mark shows it without the changes</source>
            <translation>竖线表示未改动时的数值</translation>
        </message>
        <message>
            <source>{0} of {1} tags are others than without the changes.</source>
            <translation>{1} 个标签中有 {0} 个与未改动时不同。</translation>
        </message>
    </context>
    <context>
        <name>AnswersView</name>
        <message>
            <source>Answers: Enter looks into the model with the text of a row</source>
            <translation>答案：按回车键用该行文本观察模型</translation>
        </message>
        <message>
            <source>Baseline</source>
            <translation>基线</translation>
        </message>
        <message>
            <source>Confidence</source>
            <translation>置信度</translation>
        </message>
        <message>
            <source>Inspect</source>
            <translation>观察</translation>
        </message>
        <message>
            <source>Look into the model with the text of the chosen row: Enter or a double click does it, too</source>
            <translation>用所选行的文本观察模型：按回车键或双击也可以</translation>
        </message>
        <message>
            <source>Prediction</source>
            <translation>预测</translation>
        </message>
        <message>
            <source>Row</source>
            <translation>行</translation>
        </message>
        <message>
            <source>Target</source>
            <translation>目标</translation>
        </message>
        <message>
            <source>Text</source>
            <translation>文本</translation>
        </message>
        <message>
            <source>the first {0} of {1} rows</source>
            <translation>{1} 行中的前 {0} 行</translation>
        </message>
    </context>
    <context>
        <name>Arithmetic</name>
        <message>
            <source>(the sink takes {0} of the {1})</source>
            <translation>（其中 {1} 里有 {0} 归注意力汇）</translation>
        </message>
        <message>
            <source>+ 0 (not masked) = {0}</source>
            <translation>+ 0（未被掩码）= {0}</translation>
        </message>
        <message>
            <source>+ position {0} = {1}</source>
            <translation>+ 位置偏置 {0} = {1}</translation>
        </message>
        <message>
            <source>Back to the model's numbers</source>
            <translation>恢复模型的数值</translation>
        </message>
        <message>
            <source>Check: largest |computed here − used by the model| = {0}.</source>
            <translation>核对：最大 |此处计算值 − 模型所用值| = {0}。</translation>
        </message>
        <message>
            <source>Choose a cell of the heat map to see its arithmetic.</source>
            <translation>在热图中选择一个单元格，即可查看它的计算过程。</translation>
        </message>
        <message>
            <source>Click a key to see its arithmetic.</source>
            <translation>点击一个键，查看它的计算过程。</translation>
        </message>
        <message>
            <source>Drag a bar, or choose it and press Up or Down, to change its number.</source>
            <translation>拖动柱形，或选中后按上、下方向键，即可改变它的数值。</translation>
        </message>
        <message>
            <source>In this model q, k and v are not seen: it writes its attention out itself, and only its weights were tapped. So the arithmetic behind a weight cannot be shown.</source>
            <translation>看不到这个模型的 q、k 和 v：它自行计算注意力，这里只截取到权重，因此无法展示权重背后的计算过程。</translation>
        </message>
        <message>
            <source>Layer {0} · head {1}: how much query {2} “{3}” looks at key {4} “{5}”: {6}</source>
            <translation>第 {0} 层 · 第 {1} 个头：查询 {2}“{3}”对键 {4}“{5}”的关注程度：{6}</translation>
        </message>
        <message>
            <source>That is more than rounding: do not trust this picture.</source>
            <translation>这已超出舍入误差：请勿相信此图。</translation>
        </message>
        <message>
            <source>This query sees no key at all: every weight is 0.</source>
            <translation>该查询看不到任何键：所有权重都是 0。</translation>
        </message>
        <message>
            <source>Your numbers move the head's output by up to {0}; the outlines are the model's own.</source>
            <translation>您的改动使该头的输出最多改变 {0}；轮廓线表示模型原来的数值。</translation>
        </message>
        <message>
            <source>capped at {0}: {1}</source>
            <translation>上限 {0}：{1}</translation>
        </message>
        <message>
            <source>key k</source>
            <translation>键 k</translation>
        </message>
        <message>
            <source>masked: this query may not see this key, so its score is −∞</source>
            <translation>被掩码：该查询不能看到这个键，因此得分为 −∞</translation>
        </message>
        <message>
            <source>output, all keys</source>
            <translation>输出（所有键）</translation>
        </message>
        <message>
            <source>product q ⊙ k</source>
            <translation>乘积 q ⊙ k</translation>
        </message>
        <message>
            <source>query q</source>
            <translation>查询 q</translation>
        </message>
        <message>
            <source>softmax: exp({0} − {1}) ÷ {2} = {3} ÷ {2} = {4}</source>
            <translation>softmax：exp({0} − {1}) ÷ {2} = {3} ÷ {2} = {4}</translation>
        </message>
        <message>
            <source>value v</source>
            <translation>值 v</translation>
        </message>
        <message>
            <source>weight × v</source>
            <translation>权重 × v</translation>
        </message>
        <message>
            <source>weights</source>
            <translation>权重</translation>
        </message>
        <message>
            <source>{0}, number {1}</source>
            <translation>{0}，第 {1} 个数</translation>
        </message>
    </context>
    <context>
        <name>Asking</name>
        <message>
            <source>Choose a picture</source>
            <translation>选择图片</translation>
        </message>
        <message>
            <source>Experiments (*.toml)</source>
            <translation>实验文件 (*.toml)</translation>
        </message>
        <message>
            <source>Keep runs in this folder</source>
            <translation>把运行保存在这个文件夹</translation>
        </message>
        <message>
            <source>Open a model folder</source>
            <translation>打开模型文件夹</translation>
        </message>
        <message>
            <source>Open a run folder</source>
            <translation>打开运行文件夹</translation>
        </message>
        <message>
            <source>Open a table</source>
            <translation>打开表</translation>
        </message>
        <message>
            <source>Open an experiment</source>
            <translation>打开实验</translation>
        </message>
        <message>
            <source>Pictures ({0})</source>
            <translation>图片 ({0})</translation>
        </message>
        <message>
            <source>Save all heads</source>
            <translation>保存所有头</translation>
        </message>
        <message>
            <source>Save the comparison</source>
            <translation>保存比较结果</translation>
        </message>
        <message>
            <source>Save the experiment</source>
            <translation>保存实验</translation>
        </message>
        <message>
            <source>Save the film</source>
            <translation>保存影片</translation>
        </message>
        <message>
            <source>Save the picture</source>
            <translation>保存图片</translation>
        </message>
        <message>
            <source>Save the predictions</source>
            <translation>保存预测结果</translation>
        </message>
        <message>
            <source>Save the table of heads</source>
            <translation>保存注意力头的表格</translation>
        </message>
        <message>
            <source>Save what is shown</source>
            <translation>保存当前显示的内容</translation>
        </message>
        <message>
            <source>Saved: {0}</source>
            <translation>已保存：{0}</translation>
        </message>
    </context>
    <context>
        <name>AttentionPanel</name>
        <message>
            <source>Copy picture</source>
            <translation>复制图片</translation>
        </message>
        <message>
            <source>Cross</source>
            <translation>交叉</translation>
        </message>
        <message>
            <source>Decoder</source>
            <translation>解码器</translation>
        </message>
        <message>
            <source>Drawing (SVG)…</source>
            <translation>矢量图（SVG）…</translation>
        </message>
        <message>
            <source>Each number stands beside that of a head which looks everywhere evenly under the same mask.</source>
            <translation>每个数旁边都有对照：在同样的掩码下，一个均匀地看所有位置的头的数值。</translation>
        </message>
        <message>
            <source>Each row by itself</source>
            <translation>逐行归一</translation>
        </message>
        <message>
            <source>Encoder</source>
            <translation>编码器</translation>
        </message>
        <message>
            <source>Every head looks at this text. Change it at any time, also while the model trains.</source>
            <translation>每个头都在看这段文本。随时可以修改，训练中也可以。</translation>
        </message>
        <message>
            <source>Heads</source>
            <translation>注意力头</translation>
        </message>
        <message>
            <source>Heads appear here when training has begun. Press Train.</source>
            <translation>训练开始后，注意力头会显示在这里。请按“训练”。</translation>
        </message>
        <message>
            <source>Linear</source>
            <translation>线性</translation>
        </message>
        <message>
            <source>Logarithmic</source>
            <translation>对数</translation>
        </message>
        <message>
            <source>Move over the cells to read a weight. The wheel zooms, a double click shows all.</source>
            <translation>把光标移到格子上可读出权重。滚轮缩放，双击显示全部。</translation>
        </message>
        <message>
            <source>Numbers (NumPy npz)…</source>
            <translation>数值（NumPy npz）…</translation>
        </message>
        <message>
            <source>Picture (PNG)…</source>
            <translation>图片（PNG）…</translation>
        </message>
        <message>
            <source>Save picture…</source>
            <translation>保存图片…</translation>
        </message>
        <message>
            <source>Scale of the colours</source>
            <translation>颜色的刻度</translation>
        </message>
        <message>
            <source>Table (CSV)…</source>
            <translation>表格 (CSV)…</translation>
        </message>
        <message>
            <source>Text to look at</source>
            <translation>要看的文本</translation>
        </message>
        <message>
            <source>The model says: {0}</source>
            <translation>模型认为：{0}</translation>
        </message>
        <message>
            <source>The model writes: {0}</source>
            <translation>模型写出：{0}</translation>
        </message>
        <message>
            <source>Type a text to look at</source>
            <translation>输入要看的文本</translation>
        </message>
        <message>
            <source>Weights as colours: from 0 to 1, in powers of ten, or each query by its largest weight</source>
            <translation>用颜色表示权重：从 0 到 1、按十的幂，或每个查询按自己的最大权重</translation>
        </message>
        <message>
            <source>cross-attention</source>
            <translation>交叉注意力</translation>
        </message>
        <message>
            <source>decoder self-attention</source>
            <translation>解码器自注意力</translation>
        </message>
        <message>
            <source>encoder self-attention</source>
            <translation>编码器自注意力</translation>
        </message>
        <message>
            <source>{0} · step {1}</source>
            <translation>{0} · 第 {1} 步</translation>
        </message>
    </context>
    <context>
        <name>Bipartite</name>
        <message>
            <source>Choose a head to see its lines.</source>
            <translation>选择一个头，查看它的连线。</translation>
        </message>
        <message>
            <source>Lines from queries to keys. Arrow keys go from token to token, Enter holds one, Escape shows all lines.</source>
            <translation>从查询到键的连线。方向键在词元之间移动，Enter 键固定一个词元，Esc 键显示所有连线。</translation>
        </message>
        <message>
            <source>key</source>
            <translation>键</translation>
        </message>
        <message>
            <source>query</source>
            <translation>查询</translation>
        </message>
    </context>
    <context>
        <name>Branching</name>
        <message>
            <source>A run branches while it trains, is paused or over, at its last step or at a moment of its film</source>
            <translation>运行可以在训练中、暂停时或结束后，从最后一步或影片中的某一时刻分出分支</translation>
        </message>
        <message>
            <source>Begin another run that shares this one's past up to its step of now; this one goes on, and the branch is shown when it is over</source>
            <translation>新建一个运行，与当前运行共享到目前这一步为止的历史；当前运行继续训练，结束后显示该分支</translation>
        </message>
        <message>
            <source>Begin another run that shares this one's past up to step {0}; this one goes on, and the branch is shown when it is over</source>
            <translation>新建一个运行，与当前运行共享到第 {0} 步为止的历史；当前运行继续训练，结束后显示该分支</translation>
        </message>
        <message>
            <source>Begin another run that shares this one's past up to step {0}; this one is kept as it is</source>
            <translation>开始另一个运行，它与本运行共享到第 {0} 步为止的过去；本运行保持原样</translation>
        </message>
        <message>
            <source>Branched: {0}</source>
            <translation>已分支：{0}</translation>
        </message>
        <message>
            <source>Branched: {0}. The training goes on; the branch is shown when it is over, or as soon as you stop it.</source>
            <translation>已分出分支：{0}。训练继续进行；训练结束或您将其停止后，会显示该分支。</translation>
        </message>
        <message>
            <source>Making the branch…</source>
            <translation>正在建立分支…</translation>
        </message>
        <message>
            <source>This run went through to its end: choose a moment of its film to branch at</source>
            <translation>本运行已走到终点：请在影片中选一个时刻来分支</translation>
        </message>
    </context>
    <context>
        <name>ChangesBar</name>
        <message>
            <source>All heads</source>
            <translation>所有头</translation>
        </message>
        <message>
            <source>All heads of layer {0}</source>
            <translation>第 {0} 层的所有头</translation>
        </message>
        <message>
            <source>Change attention</source>
            <translation>改动注意力</translation>
        </message>
        <message>
            <source>Head {0}·{1}</source>
            <translation>头 {0}·{1}</translation>
        </message>
        <message>
            <source>Leave out the mask</source>
            <translation>去掉掩码</translation>
        </message>
        <message>
            <source>Leave out ÷√d</source>
            <translation>去掉 ÷√d</translation>
        </message>
        <message>
            <source>Look at itself</source>
            <translation>只看自己</translation>
        </message>
        <message>
            <source>Look at the token before</source>
            <translation>只看前一个词元</translation>
        </message>
        <message>
            <source>Look everywhere evenly</source>
            <translation>均匀地看各处</translation>
        </message>
        <message>
            <source>Nothing is changed.</source>
            <translation>没有改动。</translation>
        </message>
        <message>
            <source>Switch heads off, heat or cool them, or give them another pattern</source>
            <translation>关掉注意力头、升温或降温，或换成别的模式</translation>
        </message>
        <message>
            <source>Switch off</source>
            <translation>关掉</translation>
        </message>
        <message>
            <source>Take this back</source>
            <translation>撤回这项改动</translation>
        </message>
        <message>
            <source>Temperature</source>
            <translation>温度</translation>
        </message>
        <message>
            <source>Undo all</source>
            <translation>全部撤回</translation>
        </message>
        <message>
            <source>all heads</source>
            <translation>所有头</translation>
        </message>
        <message>
            <source>and {0} more</source>
            <translation>还有 {0} 项</translation>
        </message>
        <message>
            <source>cross</source>
            <translation>交叉</translation>
        </message>
        <message>
            <source>decoder</source>
            <translation>解码器</translation>
        </message>
        <message>
            <source>encoder</source>
            <translation>编码器</translation>
        </message>
        <message>
            <source>layer {0}</source>
            <translation>第 {0} 层</translation>
        </message>
        <message>
            <source>{0} (flatter)</source>
            <translation>{0}（更平）</translation>
        </message>
        <message>
            <source>{0} (sharper)</source>
            <translation>{0}（更尖）</translation>
        </message>
        <message>
            <source>{0} even</source>
            <translation>{0} 均匀</translation>
        </message>
        <message>
            <source>{0} off</source>
            <translation>{0} 关掉</translation>
        </message>
        <message>
            <source>{0} temperature {1}</source>
            <translation>{0} 温度 {1}</translation>
        </message>
        <message>
            <source>{0} to itself</source>
            <translation>{0} 只看自己</translation>
        </message>
        <message>
            <source>{0} to the token before</source>
            <translation>{0} 只看前一个</translation>
        </message>
        <message>
            <source>{0} without mask</source>
            <translation>{0} 无掩码</translation>
        </message>
        <message>
            <source>{0} without ÷√d</source>
            <translation>{0} 无 ÷√d</translation>
        </message>
    </context>
    <context>
        <name>ClassBars</name>
        <message>
            <source>Class balance</source>
            <translation>类别分布</translation>
        </message>
        <message>
            <source>and {0} more classes with {1} rows</source>
            <translation>另有 {0} 个类别，共 {1} 行</translation>
        </message>
        <message>
            <source>{0}: {1}, {2} %</source>
            <translation>{0}：{1}，{2} %</translation>
        </message>
    </context>
    <context>
        <name>ClassScores</name>
        <message>
            <source>Class</source>
            <translation>类别</translation>
        </message>
        <message>
            <source>F1</source>
            <translation>F1</translation>
        </message>
        <message>
            <source>Precision</source>
            <translation>精确率</translation>
        </message>
        <message>
            <source>Recall</source>
            <translation>召回率</translation>
        </message>
        <message>
            <source>Rows</source>
            <translation>行数</translation>
        </message>
        <message>
            <source>{0} %</source>
            <translation>{0} %</translation>
        </message>
    </context>
    <context>
        <name>ClassTable</name>
        <message>
            <source>Scores by class</source>
            <translation>各类别的得分</translation>
        </message>
        <message>
            <source>{0} classes</source>
            <translation>{0} 个类别</translation>
        </message>
    </context>
    <context>
        <name>CompareChart</name>
        <message>
            <source>Choose a run in the list: its curves stand here. Ctrl + click adds others to compare.</source>
            <translation>在列表中选择一个运行，它的曲线就显示在这里。Ctrl + 单击可添加其他运行进行比较。</translation>
        </message>
        <message>
            <source>Curve to compare</source>
            <translation>要比较的曲线</translation>
        </message>
        <message>
            <source>Curves</source>
            <translation>曲线</translation>
        </message>
        <message>
            <source>Curves of the chosen runs</source>
            <translation>所选运行的曲线</translation>
        </message>
        <message>
            <source>Dashed: the baseline</source>
            <translation>虚线：基线</translation>
        </message>
        <message>
            <source>Gradient norm</source>
            <translation>梯度范数</translation>
        </message>
        <message>
            <source>Learning rate</source>
            <translation>学习率</translation>
        </message>
        <message>
            <source>Log axis</source>
            <translation>对数轴</translation>
        </message>
        <message>
            <source>The baselines differ: the runs were scored on different rows.</source>
            <translation>基线不同：这些运行在不同的行上评分。</translation>
        </message>
        <message>
            <source>Training loss</source>
            <translation>训练损失</translation>
        </message>
        <message>
            <source>Validation loss</source>
            <translation>验证损失</translation>
        </message>
        <message>
            <source>What the curves are aligned by</source>
            <translation>曲线对齐的依据</translation>
        </message>
        <message>
            <source>by step</source>
            <translation>按步数</translation>
        </message>
        <message>
            <source>by tokens</source>
            <translation>按词元数</translation>
        </message>
        <message>
            <source>by training time (s)</source>
            <translation>按训练时间（秒）</translation>
        </message>
    </context>
    <context>
        <name>CompareMap</name>
        <message>
            <source>A: {0}</source>
            <translation>A：{0}</translation>
        </message>
        <message>
            <source>B − A</source>
            <translation>B − A</translation>
        </message>
        <message>
            <source>B: {0}</source>
            <translation>B：{0}</translation>
        </message>
        <message>
            <source>On average {0} of a query's weight lies elsewhere in B. Query {1} “{2}” and key {3} “{4}” differ most: {5}.</source>
            <translation>在 B 中，每个查询平均有 {0} 的权重落在别处。差异最大的是查询 {1}“{2}”和键 {3}“{4}”：{5}。</translation>
        </message>
        <message>
            <source>These have different tokens, so there is no difference cell by cell. Show both as words, or compare texts that are as long as each other.</source>
            <translation>两者的词元不同，因此无法逐格求差。请都按单词显示，或比较长度相同的文本。</translation>
        </message>
        <message>
            <source>query {0} “{1}” · key {2} “{3}”: A {4}, B {5}, B − A {6}; {7} of this query's weight lies elsewhere</source>
            <translation>查询 {0}“{1}” · 键 {2}“{3}”：A {4}，B {5}，B − A {6}；该查询有 {7} 的权重落在别处</translation>
        </message>
    </context>
    <context>
        <name>ComparePanel</name>
        <message>
            <source>A folder or a hub name, and Enter</source>
            <translation>文件夹或 Hub 上的名称，按 Enter</translation>
        </message>
        <message>
            <source>Alike</source>
            <translation>相似度</translation>
        </message>
        <message>
            <source>Another text, and Enter</source>
            <translation>另一段文本，按 Enter</translation>
        </message>
        <message>
            <source>B: another model</source>
            <translation>B：另一个模型</translation>
        </message>
        <message>
            <source>B: another moment of this run</source>
            <translation>B：本次运行的另一时刻</translation>
        </message>
        <message>
            <source>B: another text</source>
            <translation>B：另一段文本</translation>
        </message>
        <message>
            <source>Being compared…</source>
            <translation>正在比较…</translation>
        </message>
        <message>
            <source>Choose a step</source>
            <translation>选择一个步数</translation>
        </message>
        <message>
            <source>Choose a step above: the head then, beside the head now.</source>
            <translation>请在上方选择一个步数：把当时的注意力头与现在的并排比较。</translation>
        </message>
        <message>
            <source>Choose another model above: heads that do the same are found for you.</source>
            <translation>请在上方选择另一个模型：程序会找出作用相同的注意力头。</translation>
        </message>
        <message>
            <source>Folder…</source>
            <translation>文件夹…</translation>
        </message>
        <message>
            <source>Head of B</source>
            <translation>B 的注意力头</translation>
        </message>
        <message>
            <source>Head of B:</source>
            <translation>B 的注意力头：</translation>
        </message>
        <message>
            <source>Model of B</source>
            <translation>B 的模型</translation>
        </message>
        <message>
            <source>Moment of B</source>
            <translation>B 的时刻</translation>
        </message>
        <message>
            <source>Next best</source>
            <translation>次相似</translation>
        </message>
        <message>
            <source>Only a run of this program has moments. Open one to compare its steps.</source>
            <translation>只有本程序的运行才有不同时刻。请打开一次运行，以比较它的各个步数。</translation>
        </message>
        <message>
            <source>Table of matches</source>
            <translation>配对表</translation>
        </message>
        <message>
            <source>Text of B</source>
            <translation>B 的文本</translation>
        </message>
        <message>
            <source>Type a text above and press Enter.</source>
            <translation>请在上方输入文本，按回车。</translation>
        </message>
        <message>
            <source>Type another text above: the same head is shown on both.</source>
            <translation>请在上方输入另一段文本：同一个注意力头会在两段文本上显示。</translation>
        </message>
        <message>
            <source>What B is</source>
            <translation>B 是什么</translation>
        </message>
        <message>
            <source>Which head of B does most nearly what each head of A does; 1 is the same pattern</source>
            <translation>A 的每个注意力头与 B 的哪个注意力头作用最接近；1 表示模式相同</translation>
        </message>
        <message>
            <source>outside words</source>
            <translation>词语之外</translation>
        </message>
        <message>
            <source>step {0}</source>
            <translation>第 {0} 步</translation>
        </message>
        <message>
            <source>the end</source>
            <translation>结束时</translation>
        </message>
        <message>
            <source>{0} (shared)</source>
            <translation>{0}（共用）</translation>
        </message>
        <message>
            <source>{0}, more alike but taken ({1})</source>
            <translation>{0}，更相似但已被配对（{1}）</translation>
        </message>
        <message>
            <source>{0}, the match ({1})</source>
            <translation>{0}，配对的头（{1}）</translation>
        </message>
        <message>
            <source>{0}, the most alike ({1})</source>
            <translation>{0}，最相似（{1}）</translation>
        </message>
        <message>
            <source>{0}, the next best ({1})</source>
            <translation>{0}，次相似（{1}）</translation>
        </message>
        <message>
            <source>{0}, the same head</source>
            <translation>{0}，同一个头</translation>
        </message>
        <message>
            <source>{0}, the same place</source>
            <translation>{0}，相同位置</translation>
        </message>
    </context>
    <context>
        <name>Comparison</name>
        <message>
            <source>A</source>
            <translation>A</translation>
        </message>
        <message>
            <source>A is the text above, B this one. Both are looked at in the same moment.</source>
            <translation>A 是上面的文本，B 是这一个。两者在同一时刻被查看。</translation>
        </message>
        <message>
            <source>B</source>
            <translation>B</translation>
        </message>
        <message>
            <source>B − A</source>
            <translation>B − A</translation>
        </message>
        <message>
            <source>Compare with…</source>
            <translation>与…比较</translation>
        </message>
        <message>
            <source>Look at a second text beside this one, and at the difference of both</source>
            <translation>在这段文本旁再看第二段文本，以及两者之差</translation>
        </message>
        <message>
            <source>No difference: A has {0} × {1} tokens (queries × keys) and B {2} × {3}, so cells have no partners. Give both texts as many tokens, or look at A and B in turn.</source>
            <translation>没有差值：A 有 {0} × {1} 个词元（查询 × 键），B 有 {2} × {3} 个，单元格无法一一对应。请让两段文本的词元数相同，或轮流查看 A 和 B。</translation>
        </message>
        <message>
            <source>Second text to look at</source>
            <translation>要查看的第二段文本</translation>
        </message>
        <message>
            <source>The first text</source>
            <translation>第一段文本</translation>
        </message>
        <message>
            <source>The second text</source>
            <translation>第二段文本</translation>
        </message>
        <message>
            <source>Type a second text, of as many tokens, to see the difference</source>
            <translation>输入词元数相同的第二段文本，即可看到差值</translation>
        </message>
        <message>
            <source>Where the second text's weights are larger (blue) or smaller (orange)</source>
            <translation>第二段文本的权重较大处（蓝色）与较小处（橙色）</translation>
        </message>
    </context>
    <context>
        <name>ConfusionMatrix</name>
        <message>
            <source>Confusions</source>
            <translation>混淆</translation>
        </message>
        <message>
            <source>This task has no classes, so none can be confused.</source>
            <translation>这个任务没有类别，所以谈不上混淆。</translation>
        </message>
        <message>
            <source>Which classes are taken for which appears here after the first evaluation.</source>
            <translation>第一次验证之后，这里会显示哪些类别被当成了哪些类别。</translation>
        </message>
        <message>
            <source>truth down, prediction across · {0} of {1} rows right</source>
            <translation>纵向为真实，横向为预测 · {1} 行中对了 {0} 行</translation>
        </message>
    </context>
    <context>
        <name>ConfusionPicture</name>
        <message>
            <source>Confusion matrix: arrow keys choose a cell, Enter opens it</source>
            <translation>混淆矩阵：方向键选择格子，回车打开</translation>
        </message>
        <message>
            <source>truth {0}, predicted {1}: {2} of {3} rows ({4} %)</source>
            <translation>真实为 {0}，预测为 {1}：{3} 行中的 {2} 行（{4} %）</translation>
        </message>
    </context>
    <context>
        <name>Consultation</name>
        <message>
            <source>Only 1 row is shown: {0}</source>
            <translation>只显示 1 行：{0}</translation>
        </message>
        <message>
            <source>Only the first {0} of {1} rows are shown: {2}</source>
            <translation>只显示 {1} 行中的前 {0} 行：{2}</translation>
        </message>
        <message>
            <source>Only {0} rows are shown: {1}</source>
            <translation>只显示 {0} 行：{1}</translation>
        </message>
    </context>
    <context>
        <name>Counts</name>
        <message>
            <source>1 head</source>
            <translation>1 个头</translation>
        </message>
        <message>
            <source>1 layer</source>
            <translation>1 层</translation>
        </message>
        <message>
            <source>1 moment</source>
            <translation>1 个时刻</translation>
        </message>
        <message>
            <source>1 row</source>
            <translation>1 行</translation>
        </message>
        <message>
            <source>Line {0} stands above the table: a title or a note, not a row.</source>
            <translation>第 {0} 行在表格上方：是标题或说明，不是数据行。</translation>
        </message>
        <message>
            <source>{0} heads</source>
            <translation>{0} 个头</translation>
        </message>
        <message>
            <source>{0} layers</source>
            <translation>{0} 层</translation>
        </message>
        <message>
            <source>{0} lines stand above the table: titles or notes, not rows.</source>
            <translation>有 {0} 行在表格上方：是标题或说明，不是数据行。</translation>
        </message>
        <message>
            <source>{0} moments</source>
            <translation>{0} 个时刻</translation>
        </message>
        <message>
            <source>{0} rows</source>
            <translation>{0} 行</translation>
        </message>
    </context>
    <context>
        <name>CurvesView</name>
        <message>
            <source>Calibration</source>
            <translation>校准</translation>
        </message>
        <message>
            <source>Class against the rest:</source>
            <translation>该类对其余各类：</translation>
        </message>
        <message>
            <source>Class whose curves are drawn</source>
            <translation>绘制曲线的类别</translation>
        </message>
        <message>
            <source>On the dashed line the model is right as often as it says. The pale bars tell how many answers are in a bin.</source>
            <translation>落在虚线上表示模型的正确率与它自称的一致。浅色柱表示每个区间里有多少答案。</translation>
        </message>
        <message>
            <source>Precision and recall</source>
            <translation>精确率与召回率</translation>
        </message>
        <message>
            <source>ROC</source>
            <translation>ROC 曲线</translation>
        </message>
        <message>
            <source>all classes</source>
            <translation>所有类别</translation>
        </message>
        <message>
            <source>area {0}</source>
            <translation>面积 {0}</translation>
        </message>
        <message>
            <source>confidence</source>
            <translation>置信度</translation>
        </message>
        <message>
            <source>expected error {0}</source>
            <translation>期望校准误差 {0}</translation>
        </message>
        <message>
            <source>false positive rate</source>
            <translation>假阳性率</translation>
        </message>
        <message>
            <source>mean area {0}</source>
            <translation>平均面积 {0}</translation>
        </message>
        <message>
            <source>precision</source>
            <translation>精确率</translation>
        </message>
        <message>
            <source>recall</source>
            <translation>召回率</translation>
        </message>
        <message>
            <source>share that is right</source>
            <translation>正确的比例</translation>
        </message>
        <message>
            <source>true positive rate</source>
            <translation>真阳性率</translation>
        </message>
    </context>
    <context>
        <name>DataPage</name>
        <message>
            <source>1 column</source>
            <translation>1 列</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>How the table is understood</source>
            <translation>程序对表的理解</translation>
        </message>
        <message>
            <source>Making examples of the rows…</source>
            <translation>正在把各行变成样本…</translation>
        </message>
        <message>
            <source>Next: Model</source>
            <translation>下一步：模型</translation>
        </message>
        <message>
            <source>Open another table…</source>
            <translation>打开另一张表…</translation>
        </message>
        <message>
            <source>Opening the table…</source>
            <translation>正在打开表…</translation>
        </message>
        <message>
            <source>Progress of reading</source>
            <translation>读取进度</translation>
        </message>
        <message>
            <source>Read on</source>
            <translation>继续读取</translation>
        </message>
        <message>
            <source>Reading the table…</source>
            <translation>正在读取表…</translation>
        </message>
        <message>
            <source>Ready to learn from.</source>
            <translation>可以开始学习了。</translation>
        </message>
        <message>
            <source>Ready: {0} of {1} rows are used, {2} are left out; see “Left out”.</source>
            <translation>就绪：{1} 行中使用 {0} 行，{2} 行未采用；见“未采用”。</translation>
        </message>
        <message>
            <source>Something needs mending first: see above the table.</source>
            <translation>还有地方需要先改正：见表的上方。</translation>
        </message>
        <message>
            <source>Stopped. What was read so far stays.</source>
            <translation>已停止。已读入的部分保留。</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>重试</translation>
        </message>
        <message>
            <source>counting rows</source>
            <translation>正在数行数</translation>
        </message>
        <message>
            <source>{0} KB</source>
            <translation>{0} KB</translation>
        </message>
        <message>
            <source>{0} MB</source>
            <translation>{0} MB</translation>
        </message>
        <message>
            <source>{0} bytes</source>
            <translation>{0} 字节</translation>
        </message>
        <message>
            <source>{0} columns</source>
            <translation>{0} 列</translation>
        </message>
        <message>
            <source>{0} × {1}</source>
            <translation>{0} × {1}</translation>
        </message>
    </context>
    <context>
        <name>Dialogs</name>
        <message>
            <source>About</source>
            <translation>关于</translation>
        </message>
        <message>
            <source>Attention Workbench {0}</source>
            <translation>Attention Workbench {0}</translation>
        </message>
        <message>
            <source>Go on training</source>
            <translation>继续训练</translation>
        </message>
        <message>
            <source>See, train and understand attention.
Apache License 2.0</source>
            <translation>观察、训练、理解注意力。
Apache License 2.0</translation>
        </message>
        <message>
            <source>Stop the training and close?</source>
            <translation>停止训练并关闭吗？</translation>
        </message>
        <message>
            <source>Stop, keep and close</source>
            <translation>停止、保留并关闭</translation>
        </message>
        <message>
            <source>Training is at work</source>
            <translation>正在训练</translation>
        </message>
        <message>
            <source>What was learned is kept, and can be gone on with.</source>
            <translation>已经学到的内容会保留，以后可以继续。</translation>
        </message>
    </context>
    <context>
        <name>DifferencesTable</name>
        <message>
            <source>Choose several runs in the list (Ctrl + click) to compare them.</source>
            <translation>在列表中选择多个运行（Ctrl + 单击）即可比较。</translation>
        </message>
        <message>
            <source>Settings that differ</source>
            <translation>不同的设置</translation>
        </message>
        <message>
            <source>These runs have the same settings.</source>
            <translation>这些运行的设置相同。</translation>
        </message>
    </context>
    <context>
        <name>DoctorPanel</name>
        <message>
            <source>1 finding</source>
            <translation>1 项发现</translation>
        </message>
        <message>
            <source>Applies the first way out of every finding about rows, in a sound order. Each can be undone alone.</source>
            <translation>对每个涉及行的发现按合理的顺序采用第一种办法；每一项都可以单独撤销。</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Cancel the doctor</source>
            <translation>取消体检</translation>
        </message>
        <message>
            <source>Doctor</source>
            <translation>数据体检</translation>
        </message>
        <message>
            <source>Examine</source>
            <translation>检查</translation>
        </message>
        <message>
            <source>Examine the table</source>
            <translation>检查表格</translation>
        </message>
        <message>
            <source>Looking for what is odd in the table…</source>
            <translation>正在查找表格中的异常…</translation>
        </message>
        <message>
            <source>Mend {0} at once</source>
            <translation>一次修正 {0} 项</translation>
        </message>
        <message>
            <source>Nothing odd was found.</source>
            <translation>没有发现异常。</translation>
        </message>
        <message>
            <source>Progress of the doctor</source>
            <translation>体检进度</translation>
        </message>
        <message>
            <source>Stopped: the table was not examined to the end.</source>
            <translation>已停止：表格没有检查完。</translation>
        </message>
        <message>
            <source>The examples are made first.</source>
            <translation>先生成样本，随后检查。</translation>
        </message>
        <message>
            <source>The first {0} of {1} are listed.</source>
            <translation>列出 {1} 项中的前 {0} 项。</translation>
        </message>
        <message>
            <source>What is odd in the table, and how it can be mended.</source>
            <translation>表格中的异常之处，以及如何修正。</translation>
        </message>
        <message>
            <source>{0} findings</source>
            <translation>{0} 项发现</translation>
        </message>
        <message>
            <source>{0} mended</source>
            <translation>已修正 {0} 项</translation>
        </message>
    </context>
    <context>
        <name>EditWords</name>
        <message>
            <source>Cross head {0}</source>
            <translation>交叉注意力头 {0}</translation>
        </message>
        <message>
            <source>Decoder head {0}</source>
            <translation>解码器头 {0}</translation>
        </message>
        <message>
            <source>Dropout</source>
            <translation>Dropout</translation>
        </message>
        <message>
            <source>Edit</source>
            <translation>修改</translation>
        </message>
        <message>
            <source>Encoder head {0}</source>
            <translation>编码器头 {0}</translation>
        </message>
        <message>
            <source>From → to</source>
            <translation>从 → 到</translation>
        </message>
        <message>
            <source>Learning rate</source>
            <translation>学习率</translation>
        </message>
        <message>
            <source>Step</source>
            <translation>步</translation>
        </message>
        <message>
            <source>Text of the film</source>
            <translation>影片文本</translation>
        </message>
        <message>
            <source>an example of the data</source>
            <translation>数据中的一个例子</translation>
        </message>
        <message>
            <source>as set</source>
            <translation>按设置</translation>
        </message>
        <message>
            <source>asked for…</source>
            <translation>已请求…</translation>
        </message>
        <message>
            <source>dropout {0}</source>
            <translation>dropout {0}</translation>
        </message>
        <message>
            <source>film text</source>
            <translation>影片文本</translation>
        </message>
        <message>
            <source>frozen</source>
            <translation>冻结</translation>
        </message>
        <message>
            <source>off</source>
            <translation>关</translation>
        </message>
        <message>
            <source>on</source>
            <translation>开</translation>
        </message>
        <message>
            <source>rate {0}</source>
            <translation>学习率 {0}</translation>
        </message>
        <message>
            <source>step {0}</source>
            <translation>第 {0} 步</translation>
        </message>
        <message>
            <source>step {0}: {1} {2}</source>
            <translation>第 {0} 步：{1} {2}</translation>
        </message>
        <message>
            <source>step {0}: {1} → {2}</source>
            <translation>第 {0} 步：{1} → {2}</translation>
        </message>
        <message>
            <source>to come</source>
            <translation>将要进行</translation>
        </message>
        <message>
            <source>undo</source>
            <translation>撤销</translation>
        </message>
        <message>
            <source>undone</source>
            <translation>已撤销</translation>
        </message>
        <message>
            <source>“{0}”</source>
            <translation>“{0}”</translation>
        </message>
    </context>
    <context>
        <name>EditsPanel</name>
        <message>
            <source>Apply</source>
            <translation>应用</translation>
        </message>
        <message>
            <source>Branch here</source>
            <translation>在此分支</translation>
        </message>
        <message>
            <source>Edits</source>
            <translation>修改</translation>
        </message>
        <message>
            <source>Edits of this run</source>
            <translation>本运行的修改</translation>
        </message>
        <message>
            <source>Edits take effect between two steps, while the run trains or is paused. Heads are edited on their wall. Each edit is kept with the run, marked on its curves, and repeated where the run is repeated.</source>
            <translation>修改在两步之间生效，训练中或暂停时都可以。头在头墙上修改。每次修改都随运行保存，标在曲线上，重做运行时也会重做。</translation>
        </message>
        <message>
            <source>Everything the model drops at random, from the next step on; empty is as set</source>
            <translation>模型随机丢弃的一切，从下一步起生效；留空则按设置</translation>
        </message>
        <message>
            <source>Takes effect with the next step, also while the training is paused</source>
            <translation>从下一步起生效，训练暂停时也可以</translation>
        </message>
        <message>
            <source>The schedule goes on with this as its highest learning rate; empty is as set</source>
            <translation>学习率计划以此为最高值继续；留空则按设置</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>撤销</translation>
        </message>
        <message>
            <source>Undo the chosen edit, or the last one (Ctrl+Z): another edit, which is kept with the run as well</source>
            <translation>撤销选中的或最后一次修改（Ctrl+Z）：撤销也是一次修改，同样随运行保存</translation>
        </message>
        <message>
            <source>What the film shows from here on; empty is as set</source>
            <translation>影片从这里起显示的文本；留空则按设置</translation>
        </message>
        <message>
            <source>{0} made</source>
            <translation>已做 {0} 次</translation>
        </message>
    </context>
    <context>
        <name>EmptyTable</name>
        <message>
            <source>A spreadsheet, csv, text, json or parquet file. Encoding, columns and task are found; you can change each.</source>
            <translation>电子表格、csv、文本、json 或 parquet 文件。编码、各列和任务会自动识别，每一项都可以修改。</translation>
        </message>
        <message>
            <source>Drop a table here</source>
            <translation>把表拖到这里</translation>
        </message>
        <message>
            <source>Open table…</source>
            <translation>打开表…</translation>
        </message>
        <message>
            <source>Reverse a sequence</source>
            <translation>反转序列</translation>
        </message>
        <message>
            <source>Reviews: good or bad?</source>
            <translation>评论：好评还是差评？</translation>
        </message>
        <message>
            <source>Translate sentences</source>
            <translation>翻译句子</translation>
        </message>
        <message>
            <source>or begin with a sample</source>
            <translation>或从示例开始</translation>
        </message>
        <message>
            <source>评论: reviews in Chinese</source>
            <translation>中文评论</translation>
        </message>
    </context>
    <context>
        <name>EvaluationView</name>
        <message>
            <source>By group</source>
            <translation>分组</translation>
        </message>
        <message>
            <source>Classes</source>
            <translation>类别</translation>
        </message>
        <message>
            <source>Click a cell of the matrix to see its rows here.</source>
            <translation>点击矩阵中的格子，在这里查看它包含的行。</translation>
        </message>
        <message>
            <source>Curves</source>
            <translation>曲线</translation>
        </message>
        <message>
            <source>Errors</source>
            <translation>错误</translation>
        </message>
        <message>
            <source>Farthest off</source>
            <translation>偏差最大</translation>
        </message>
        <message>
            <source>Nearest</source>
            <translation>最接近</translation>
        </message>
        <message>
            <source>No row is in this cell.</source>
            <translation>这个格子里没有行。</translation>
        </message>
        <message>
            <source>Not one answer is right.</source>
            <translation>没有一个答案是正确的。</translation>
        </message>
        <message>
            <source>Not one answer is wrong.</source>
            <translation>没有一个答案是错误的。</translation>
        </message>
        <message>
            <source>Residuals</source>
            <translation>残差</translation>
        </message>
        <message>
            <source>Right answers, the most confident first</source>
            <translation>正确的答案，置信度高的在前</translation>
        </message>
        <message>
            <source>Right ones</source>
            <translation>正确的</translation>
        </message>
        <message>
            <source>Rows</source>
            <translation>数据行</translation>
        </message>
        <message>
            <source>The numbers that are farthest off first</source>
            <translation>偏差最大的数在前</translation>
        </message>
        <message>
            <source>The numbers that are nearest first</source>
            <translation>最接近的数在前</translation>
        </message>
        <message>
            <source>Truth {0}, predicted {1}</source>
            <translation>真实 {0}，预测为 {1}</translation>
        </message>
        <message>
            <source>Wrong answers, the most confident first</source>
            <translation>错误的答案，置信度高的在前</translation>
        </message>
    </context>
    <context>
        <name>ExportDialog</name>
        <message>
            <source>A quarter of the size and often faster; what it costs in score is measured and said.</source>
            <translation>大小约为四分之一，通常更快；分数上的代价会测量并说明。</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Choose the folder</source>
            <translation>选择文件夹</translation>
        </message>
        <message>
            <source>Choose…</source>
            <translation>选择…</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message>
            <source>Exactly the trained model, for transformers and the hub.</source>
            <translation>与训练所得模型完全一致，供 transformers 与模型中心使用。</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>导出</translation>
        </message>
        <message>
            <source>Export the model of {0}</source>
            <translation>导出 {0} 的模型</translation>
        </message>
        <message>
            <source>Hugging Face folder</source>
            <translation>Hugging Face 文件夹</translation>
        </message>
        <message>
            <source>New folder: {0}</source>
            <translation>新文件夹：{0}</translation>
        </message>
        <message>
            <source>ONNX file</source>
            <translation>ONNX 文件</translation>
        </message>
        <message>
            <source>ONNX file with 8-bit weights</source>
            <translation>8 位权重的 ONNX 文件</translation>
        </message>
        <message>
            <source>Open folder</source>
            <translation>打开文件夹</translation>
        </message>
        <message>
            <source>Runs without Python's deep learning libraries: in other languages, on a server, in a browser.</source>
            <translation>无需 Python 深度学习库即可运行：其他语言、服务器或浏览器中均可。</translation>
        </message>
        <message>
            <source>Stopped. Nothing was kept.</source>
            <translation>已停止，未保留任何内容。</translation>
        </message>
        <message>
            <source>The export is scored again on the validation rows, and refused where it differs.</source>
            <translation>导出结果会在验证行上重新评分，若有出入则拒绝。</translation>
        </message>
        <message>
            <source>Written, {0} MB. On {1} validation rows {2} was {3} and is {4}; no probability moved by more than {5}.</source>
            <translation>已写入，{0} MB。在 {1} 个验证行上，{2} 原为 {3}，现为 {4}；任何概率的变动都不超过 {5}。</translation>
        </message>
    </context>
    <context>
        <name>ExportMenu</name>
        <message>
            <source>Drawing (SVG)…</source>
            <translation>矢量图（SVG）…</translation>
        </message>
        <message>
            <source>Numbers (NumPy npz)…</source>
            <translation>数值（NumPy npz）…</translation>
        </message>
        <message>
            <source>Page (HTML)…</source>
            <translation>网页 (HTML)…</translation>
        </message>
        <message>
            <source>Picture (PNG)…</source>
            <translation>图片（PNG）…</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>保存</translation>
        </message>
        <message>
            <source>Table (CSV)…</source>
            <translation>表格 (CSV)…</translation>
        </message>
    </context>
    <context>
        <name>Exporting</name>
        <message>
            <source>Put the export into</source>
            <translation>将导出放入</translation>
        </message>
    </context>
    <context>
        <name>FactWords</name>
        <message>
            <source>B − A: {0} of each query's attention lies elsewhere on average · largest difference of a cell {1}</source>
            <translation>B − A：平均每个查询有 {0} 的注意力落在别处 · 单元格最大差值 {1}</translation>
        </message>
        <message>
            <source>Layer {0} · head {1}</source>
            <translation>第 {0} 层 · 第 {1} 头</translation>
        </message>
        <message>
            <source>These weights are no numbers: training has gone astray.</source>
            <translation>这些权重不是有效数字：训练已经失控。</translation>
        </message>
        <message>
            <source>entropy {0} nats (even {1})</source>
            <translation>熵 {0} nat（均匀时 {1}）</translation>
        </message>
        <message>
            <source>looks at no one place clearly</source>
            <translation>没有明显只看某个位置</translation>
        </message>
        <message>
            <source>looks at the first token: {0} (chance {1})</source>
            <translation>看第一个词元：{0}（随机 {1}）</translation>
        </message>
        <message>
            <source>looks at the mirrored position: {0} (chance {1})</source>
            <translation>看镜像位置：{0}（随机 {1}）</translation>
        </message>
        <message>
            <source>looks at the same position: {0} (chance {1})</source>
            <translation>看相同位置：{0}（随机 {1}）</translation>
        </message>
        <message>
            <source>looks at the token before: {0} (chance {1})</source>
            <translation>看前一个词元：{0}（随机 {1}）</translation>
        </message>
        <message>
            <source>mean distance {0} tokens (even {1})</source>
            <translation>平均距离 {0} 个词元（均匀时 {1}）</translation>
        </message>
        <message>
            <source>query {0} “{1}” · key {2} “{3}” · B − A {4}</source>
            <translation>查询 {0} “{1}” · 键 {2} “{3}” · B − A {4}</translation>
        </message>
        <message>
            <source>query {0} “{1}” · key {2} “{3}” · weight {4} · entropy of this query {5} nats</source>
            <translation>查询 {0}“{1}” · 键 {2}“{3}” · 权重 {4} · 该查询的熵 {5} nat</translation>
        </message>
    </context>
    <context>
        <name>FilmDesk</name>
        <message>
            <source>Another process trains this run: what is seen of it now are the pinned texts of its film.</source>
            <translation>此运行正由另一个进程训练：目前能看到的是其影片中固定的文本。</translation>
        </message>
        <message>
            <source>Saved: {0}</source>
            <translation>已保存：{0}</translation>
        </message>
        <message>
            <source>Saving both films…</source>
            <translation>正在保存两段影片…</translation>
        </message>
        <message>
            <source>Saving the film…</source>
            <translation>正在保存影片…</translation>
        </message>
    </context>
    <context>
        <name>FilmSave</name>
        <message>
            <source>Animation (GIF)…</source>
            <translation>动画（GIF）…</translation>
        </message>
        <message>
            <source>Page (HTML)…</source>
            <translation>网页 (HTML)…</translation>
        </message>
        <message>
            <source>Pictures (folder of PNG)…</source>
            <translation>图片（PNG 文件夹）…</translation>
        </message>
        <message>
            <source>Save both films</source>
            <translation>保存两段影片</translation>
        </message>
        <message>
            <source>Save film</source>
            <translation>保存影片</translation>
        </message>
    </context>
    <context>
        <name>FilmTrack</name>
        <message>
            <source>Film of the run: arrows go from moment to moment, space plays, Home and End go to its ends, Escape is live</source>
            <translation>运行的影片：方向键逐个时刻移动，空格播放，Home 和 End 到两端，Escape 回到实时</translation>
        </message>
        <message>
            <source>live</source>
            <translation>实时</translation>
        </message>
        <message>
            <source>step {0}</source>
            <translation>第 {0} 步</translation>
        </message>
    </context>
    <context>
        <name>FilmWords</name>
        <message>
            <source>Cross-attention</source>
            <translation>交叉注意力</translation>
        </message>
        <message>
            <source>Decoder</source>
            <translation>解码器</translation>
        </message>
        <message>
            <source>Encoder</source>
            <translation>编码器</translation>
        </message>
        <message>
            <source>The model learned most here: {0} went from {1} to {2} between steps {3} and {4}</source>
            <translation>模型在这里学到最多：{0}在第 {3} 步到第 {4} 步之间从 {1} 变为 {2}</translation>
        </message>
        <message>
            <source>a diagonal head</source>
            <translation>对角线头</translation>
        </message>
        <message>
            <source>a duplicate-token head</source>
            <translation>重复词元头</translation>
        </message>
        <message>
            <source>a first-token (sink) head</source>
            <translation>首词元（汇聚）头</translation>
        </message>
        <message>
            <source>a mirrored-position head</source>
            <translation>镜像位置头</translation>
        </message>
        <message>
            <source>a next-token head</source>
            <translation>后一词元头</translation>
        </message>
        <message>
            <source>a previous-token head</source>
            <translation>前一词元头</translation>
        </message>
        <message>
            <source>a same-token head</source>
            <translation>同位词元头</translation>
        </message>
        <message>
            <source>a special-tokens head</source>
            <translation>特殊词元头</translation>
        </message>
        <message>
            <source>an induction head</source>
            <translation>归纳头</translation>
        </message>
        <message>
            <source>each word looks at itself</source>
            <translation>每个词看向自己</translation>
        </message>
        <message>
            <source>it finds what followed the last time</source>
            <translation>它找到上一次出现之后跟着的内容</translation>
        </message>
        <message>
            <source>it looks at special tokens</source>
            <translation>它看向特殊词元</translation>
        </message>
        <message>
            <source>it looks at the same word further up</source>
            <translation>它看向前面出现过的同一个词</translation>
        </message>
        <message>
            <source>it looks at the word after</source>
            <translation>它看向后一个词</translation>
        </message>
        <message>
            <source>it looks at the word before</source>
            <translation>它看向前一个词</translation>
        </message>
        <message>
            <source>it reads along word by word</source>
            <translation>它逐词顺着读</translation>
        </message>
        <message>
            <source>it reads the text backwards</source>
            <translation>它倒着读文本</translation>
        </message>
        <message>
            <source>it rests on the first token</source>
            <translation>它停在第一个词元上</translation>
        </message>
        <message>
            <source>{0}, layer {1} head {2} became {3} between steps {4} and {5}: {6}</source>
            <translation>{0}第 {1} 层第 {2} 头在第 {4} 步到第 {5} 步之间成为{3}：{6}</translation>
        </message>
        <message>
            <source>{0}, layer {1} head {2} ceased to be {3} between steps {4} and {5}</source>
            <translation>{0}第 {1} 层第 {2} 个头在第 {4} 步与第 {5} 步之间不再是{3}</translation>
        </message>
    </context>
    <context>
        <name>FilmsBeside</name>
        <message>
            <source>A: training loss {0}</source>
            <translation>A：训练损失 {0}</translation>
        </message>
        <message>
            <source>A: {0} · B: {1}</source>
            <translation>A：{0} · B：{1}</translation>
        </message>
        <message>
            <source>B: training loss {0}</source>
            <translation>B：训练损失 {0}</translation>
        </message>
        <message>
            <source>Back to the list</source>
            <translation>返回列表</translation>
        </message>
        <message>
            <source>Both films are being read…</source>
            <translation>正在读取两段影片…</translation>
        </message>
        <message>
            <source>Both have as many tokens, but not the same ones: a difference cell by cell would mean nothing. Pin the same text in both runs (setting “Text of the film”).</source>
            <translation>两者的词元数相同，但词元不同：逐格相减没有意义。请在两个运行中固定同一段文本（设置“影片文本”）。</translation>
        </message>
        <message>
            <source>By step where both runs are as long as each other, else by share of the training</source>
            <translation>两个运行一样长时按步数对齐，否则按训练进度的比例对齐</translation>
        </message>
        <message>
            <source>Cross</source>
            <translation>交叉</translation>
        </message>
        <message>
            <source>Decoder</source>
            <translation>解码器</translation>
        </message>
        <message>
            <source>Encoder</source>
            <translation>编码器</translation>
        </message>
        <message>
            <source>Only one of the two models has this kind of attention.</source>
            <translation>两个模型中只有一个有这种注意力。</translation>
        </message>
        <message>
            <source>Play both films</source>
            <translation>播放两段影片</translation>
        </message>
        <message>
            <source>Play both films or stay</source>
            <translation>播放或停住两段影片</translation>
        </message>
        <message>
            <source>Stop both films</source>
            <translation>停住两段影片</translation>
        </message>
        <message>
            <source>Text of the film</source>
            <translation>影片文本</translation>
        </message>
        <message>
            <source>Text {0}: {1}</source>
            <translation>文本 {0}：{1}</translation>
        </message>
        <message>
            <source>The films are of different texts. A: {0} · B: {1}</source>
            <translation>两段影片的文本不同。A：{0} · B：{1}</translation>
        </message>
        <message>
            <source>Two films in step</source>
            <translation>两段影片同步</translation>
        </message>
        <message>
            <source>What the films are aligned by</source>
            <translation>影片按什么对齐</translation>
        </message>
        <message>
            <source>aligned by share of the training</source>
            <translation>按训练进度的比例对齐</translation>
        </message>
        <message>
            <source>aligned by step</source>
            <translation>按步数对齐</translation>
        </message>
        <message>
            <source>aligned by tokens read</source>
            <translation>按读过的词元数对齐</translation>
        </message>
        <message>
            <source>{0}: {1} · step {2} of {3}</source>
            <translation>{0}：{1} · 第 {2} 步，共 {3} 步</translation>
        </message>
    </context>
    <context>
        <name>FindingCard</name>
        <message>
            <source>Mended: {0}</source>
            <translation>已修正：{0}</translation>
        </message>
        <message>
            <source>Show all rows</source>
            <translation>显示所有行</translation>
        </message>
        <message>
            <source>Show me</source>
            <translation>给我看</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>撤销</translation>
        </message>
    </context>
    <context>
        <name>FindingWords</name>
        <message>
            <source>Always skip them</source>
            <translation>始终跳过这些行</translation>
        </message>
        <message>
            <source>An old encoding</source>
            <translation>较旧的编码</translation>
        </message>
        <message>
            <source>Classes that look like numbers</source>
            <translation>类别看起来像数值</translation>
        </message>
        <message>
            <source>Classes with too few rows</source>
            <translation>行数太少的类别</translation>
        </message>
        <message>
            <source>Clean the texts</source>
            <translation>清理文本</translation>
        </message>
        <message>
            <source>Column names were changed</source>
            <translation>列名被改动</translation>
        </message>
        <message>
            <source>Column of notices</source>
            <translation>说明文字列</translation>
        </message>
        <message>
            <source>Column of one value</source>
            <translation>只有一个值的列</translation>
        </message>
        <message>
            <source>Column of row names</source>
            <translation>行标识列</translation>
        </message>
        <message>
            <source>Column that gives the answer away</source>
            <translation>泄露答案的列</translation>
        </message>
        <message>
            <source>Correct the slips</source>
            <translation>改正笔误</translation>
        </message>
        <message>
            <source>Cut at {0}</source>
            <translation>按 {0} 分列</translation>
        </message>
        <message>
            <source>Debris of web pages</source>
            <translation>网页残留</translation>
        </message>
        <message>
            <source>Decimal comma</source>
            <translation>小数逗号</translation>
        </message>
        <message>
            <source>Decimal point</source>
            <translation>小数点</translation>
        </message>
        <message>
            <source>Decimal sign in doubt</source>
            <translation>小数符号存疑</translation>
        </message>
        <message>
            <source>Empty column</source>
            <translation>空列</translation>
        </message>
        <message>
            <source>Empty targets</source>
            <translation>空的目标</translation>
        </message>
        <message>
            <source>Empty texts</source>
            <translation>空的文本</translation>
        </message>
        <message>
            <source>Encoding in doubt</source>
            <translation>编码存疑</translation>
        </message>
        <message>
            <source>First line in doubt</source>
            <translation>首行存疑</translation>
        </message>
        <message>
            <source>Formulas of a spreadsheet</source>
            <translation>电子表格公式</translation>
        </message>
        <message>
            <source>Garbled letters</source>
            <translation>乱码</translation>
        </message>
        <message>
            <source>Invisible characters</source>
            <translation>不可见字符</translation>
        </message>
        <message>
            <source>Join the labels</source>
            <translation>合并标签</translation>
        </message>
        <message>
            <source>Join them as one class</source>
            <translation>并为一类</translation>
        </message>
        <message>
            <source>Keep the commonest label</source>
            <translation>保留最常见的标签</translation>
        </message>
        <message>
            <source>Keep the first of each</source>
            <translation>每种只留第一行</translation>
        </message>
        <message>
            <source>Keep the first target</source>
            <translation>保留第一个目标</translation>
        </message>
        <message>
            <source>Keep this encoding</source>
            <translation>固定用此编码</translation>
        </message>
        <message>
            <source>Learn several labels</source>
            <translation>学习多个标签</translation>
        </message>
        <message>
            <source>Leave all of them out</source>
            <translation>全部排除</translation>
        </message>
        <message>
            <source>Leave it unread</source>
            <translation>不读此列</translation>
        </message>
        <message>
            <source>Leave these classes out</source>
            <translation>排除这些类别</translation>
        </message>
        <message>
            <source>Leave these rows out</source>
            <translation>排除这些行</translation>
        </message>
        <message>
            <source>Line breaks in cells</source>
            <translation>单元格内换行</translation>
        </message>
        <message>
            <source>Lines above the table</source>
            <translation>表格上方的行</translation>
        </message>
        <message>
            <source>Lost characters</source>
            <translation>丢失的字符</translation>
        </message>
        <message>
            <source>Mark the beginnings</source>
            <translation>标出开头</translation>
        </message>
        <message>
            <source>Mostly empty</source>
            <translation>大多为空</translation>
        </message>
        <message>
            <source>Nearly repeated texts</source>
            <translation>近似重复的文本</translation>
        </message>
        <message>
            <source>No column names</source>
            <translation>没有列名</translation>
        </message>
        <message>
            <source>No column to learn from</source>
            <translation>没有可学习的列</translation>
        </message>
        <message>
            <source>Numbers that look like classes</source>
            <translation>数值看起来像类别</translation>
        </message>
        <message>
            <source>Old line ends</source>
            <translation>旧式换行符</translation>
        </message>
        <message>
            <source>One label, several spellings</source>
            <translation>同一标签有多种写法</translation>
        </message>
        <message>
            <source>Padded cells</source>
            <translation>单元格两侧有空格</translation>
        </message>
        <message>
            <source>Predict a number</source>
            <translation>预测数值</translation>
        </message>
        <message>
            <source>Predict it where it is filled</source>
            <translation>用有值的行预测它</translation>
        </message>
        <message>
            <source>Raise the limit</source>
            <translation>提高上限</translation>
        </message>
        <message>
            <source>Rare characters</source>
            <translation>罕用字符</translation>
        </message>
        <message>
            <source>Read as {0}</source>
            <translation>按 {0} 读取</translation>
        </message>
        <message>
            <source>Read quotes as letters</source>
            <translation>把引号当作普通字符</translation>
        </message>
        <message>
            <source>Read rare classes more often</source>
            <translation>多读稀有类别</translation>
        </message>
        <message>
            <source>Read sheet {0}</source>
            <translation>读取工作表 {0}</translation>
        </message>
        <message>
            <source>Read {0}</source>
            <translation>读取 {0}</translation>
        </message>
        <message>
            <source>Repair the letters</source>
            <translation>修复乱码</translation>
        </message>
        <message>
            <source>Repeated but for case and signs</source>
            <translation>仅大小写或标点不同的重复</translation>
        </message>
        <message>
            <source>Repeated texts</source>
            <translation>重复的文本</translation>
        </message>
        <message>
            <source>Rows that cannot be read</source>
            <translation>无法读取的行</translation>
        </message>
        <message>
            <source>Same text, different labels</source>
            <translation>文本相同、标签不同</translation>
        </message>
        <message>
            <source>Score on rows of this table</source>
            <translation>用本表的行评分</translation>
        </message>
        <message>
            <source>Separator in doubt</source>
            <translation>分隔符存疑</translation>
        </message>
        <message>
            <source>Several labels in a cell</source>
            <translation>一个单元格有多个标签</translation>
        </message>
        <message>
            <source>Several sheets</source>
            <translation>多个工作表</translation>
        </message>
        <message>
            <source>Several targets of a text</source>
            <translation>一个文本有多个目标</translation>
        </message>
        <message>
            <source>Several texts of a target</source>
            <translation>一个目标有多个文本</translation>
        </message>
        <message>
            <source>Simplified and Traditional mixed</source>
            <translation>简体与繁体混用</translation>
        </message>
        <message>
            <source>Skip nothing</source>
            <translation>不跳过任何行</translation>
        </message>
        <message>
            <source>Slips in labels</source>
            <translation>标签笔误</translation>
        </message>
        <message>
            <source>Sorted by label</source>
            <translation>按标签排序</translation>
        </message>
        <message>
            <source>Tags without beginnings</source>
            <translation>没有开头标记的标注</translation>
        </message>
        <message>
            <source>Take it as a row</source>
            <translation>当作数据行</translation>
        </message>
        <message>
            <source>Take it as column names</source>
            <translation>当作列名</translation>
        </message>
        <message>
            <source>Take them as classes</source>
            <translation>当作类别</translation>
        </message>
        <message>
            <source>Test table without the column</source>
            <translation>测试表缺少此列</translation>
        </message>
        <message>
            <source>Test texts in training</source>
            <translation>测试文本出现在训练中</translation>
        </message>
        <message>
            <source>Texts that hold their label</source>
            <translation>文本中含有自己的标签</translation>
        </message>
        <message>
            <source>Texts that will be cut</source>
            <translation>将被截断的文本</translation>
        </message>
        <message>
            <source>Tidy the spaces</source>
            <translation>整理空白</translation>
        </message>
        <message>
            <source>Two columns in one</source>
            <translation>两列并在一列</translation>
        </message>
        <message>
            <source>Uneven classes</source>
            <translation>类别不均衡</translation>
        </message>
        <message>
            <source>Use one spelling</source>
            <translation>统一写法</translation>
        </message>
        <message>
            <source>Weight the classes</source>
            <translation>给类别加权</translation>
        </message>
        <message>
            <source>good to know</source>
            <translation>可供参考</translation>
        </message>
        <message>
            <source>grave</source>
            <translation>严重</translation>
        </message>
        <message>
            <source>mended</source>
            <translation>已修正</translation>
        </message>
        <message>
            <source>worth a look</source>
            <translation>值得查看</translation>
        </message>
        <message>
            <source>{0} · {1}</source>
            <translation>{0} · {1}</translation>
        </message>
    </context>
    <context>
        <name>GivenRow</name>
        <message>
            <source>A text to look at, and Enter</source>
            <translation>输入要观察的文本，按回车</translation>
        </message>
        <message>
            <source>Let it write</source>
            <translation>让它续写</translation>
        </message>
        <message>
            <source>Let the model go on writing {0} tokens, and see where each of them looked</source>
            <translation>让模型续写 {0} 个词元，看每个词元关注哪里</translation>
        </message>
        <message>
            <source>Put the words in another order: what stays goes by position, what moves goes by words</source>
            <translation>打乱词序：不变的取决于位置，随词移动的取决于词</translation>
        </message>
        <message>
            <source>Second text</source>
            <translation>第二段文本</translation>
        </message>
        <message>
            <source>Second text, or what the decoder reads</source>
            <translation>第二段文本，或解码器读的文本</translation>
        </message>
        <message>
            <source>Shuffle words</source>
            <translation>打乱词序</translation>
        </message>
        <message>
            <source>Text to look at</source>
            <translation>要看的文本</translation>
        </message>
    </context>
    <context>
        <name>GroupsView</name>
        <message>
            <source>(empty)</source>
            <translation>（空）</translation>
        </message>
        <message>
            <source>By another column</source>
            <translation>按另一列</translation>
        </message>
        <message>
            <source>By length in tokens</source>
            <translation>按长度（词元数）</translation>
        </message>
        <message>
            <source>Choose a column to see the score on each of its values.</source>
            <translation>选择一列，查看它每个取值上的得分。</translation>
        </message>
        <message>
            <source>Column of the table to score by</source>
            <translation>用于分组评分的列</translation>
        </message>
        <message>
            <source>Reading the table…</source>
            <translation>正在读取表…</translation>
        </message>
        <message>
            <source>The table has no other column, or is no longer where it was.</source>
            <translation>表中没有其他列，或者表已不在原处。</translation>
        </message>
        <message>
            <source>There are no rows to score.</source>
            <translation>没有可评分的行。</translation>
        </message>
        <message>
            <source>choose a column</source>
            <translation>选择一列</translation>
        </message>
        <message>
            <source>{0} other values</source>
            <translation>其他 {0} 个取值</translation>
        </message>
    </context>
    <context>
        <name>Guesses</name>
        <message>
            <source>1 line</source>
            <translation>1 行</translation>
        </message>
        <message>
            <source>Between labels</source>
            <translation>标签分隔符</translation>
        </message>
        <message>
            <source>Choose the first entry to have it found again.</source>
            <translation>选第一项可重新自动识别。</translation>
        </message>
        <message>
            <source>Decimal sign</source>
            <translation>小数符号</translation>
        </message>
        <message>
            <source>Encoding</source>
            <translation>编码</translation>
        </message>
        <message>
            <source>First line</source>
            <translation>第一行</translation>
        </message>
        <message>
            <source>Lines to skip</source>
            <translation>跳过的行数</translation>
        </message>
        <message>
            <source>Not known yet.</source>
            <translation>尚不清楚。</translation>
        </message>
        <message>
            <source>Passage column</source>
            <translation>段落列</translation>
        </message>
        <message>
            <source>Quote sign</source>
            <translation>引号</translation>
        </message>
        <message>
            <source>Second text column</source>
            <translation>第二文本列</translation>
        </message>
        <message>
            <source>Separator</source>
            <translation>分隔符</translation>
        </message>
        <message>
            <source>Sheet</source>
            <translation>工作表</translation>
        </message>
        <message>
            <source>Start of the answer</source>
            <translation>答案起点</translation>
        </message>
        <message>
            <source>Target column</source>
            <translation>目标列</translation>
        </message>
        <message>
            <source>Text column</source>
            <translation>文本列</translation>
        </message>
        <message>
            <source>What is learned</source>
            <translation>学习什么</translation>
        </message>
        <message>
            <source>a list: ["a", "b"]</source>
            <translation>列表：["a", "b"]</translation>
        </message>
        <message>
            <source>a row of data</source>
            <translation>一行数据</translation>
        </message>
        <message>
            <source>column names</source>
            <translation>列名</translation>
        </message>
        <message>
            <source>comma</source>
            <translation>逗号</translation>
        </message>
        <message>
            <source>comma: 1,5</source>
            <translation>逗号：1,5</translation>
        </message>
        <message>
            <source>compare two texts: a class</source>
            <translation>比较两段文本：类别</translation>
        </message>
        <message>
            <source>compare two texts: a number</source>
            <translation>比较两段文本：数值</translation>
        </message>
        <message>
            <source>double: "</source>
            <translation>双引号："</translation>
        </message>
        <message>
            <source>fill in hidden words</source>
            <translation>填出被遮住的词</translation>
        </message>
        <message>
            <source>find answers in texts</source>
            <translation>在段落中找答案</translation>
        </message>
        <message>
            <source>find it</source>
            <translation>自动识别</translation>
        </message>
        <message>
            <source>give a text several labels</source>
            <translation>给文本加多个标签</translation>
        </message>
        <message>
            <source>looks sure</source>
            <translation>较确定</translation>
        </message>
        <message>
            <source>none</source>
            <translation>无</translation>
        </message>
        <message>
            <source>none (found)</source>
            <translation>无（自动识别）</translation>
        </message>
        <message>
            <source>none: all are letters</source>
            <translation>无：引号只是普通字符</translation>
        </message>
        <message>
            <source>nothing: lines are not cut</source>
            <translation>无：不切分行</translation>
        </message>
        <message>
            <source>please check</source>
            <translation>请检查</translation>
        </message>
        <message>
            <source>point: 1.5</source>
            <translation>点号：1.5</translation>
        </message>
        <message>
            <source>predict a number</source>
            <translation>预测一个数</translation>
        </message>
        <message>
            <source>semicolon</source>
            <translation>分号</translation>
        </message>
        <message>
            <source>set by you</source>
            <translation>由你设定</translation>
        </message>
        <message>
            <source>single: '</source>
            <translation>单引号：'</translation>
        </message>
        <message>
            <source>sort texts into classes</source>
            <translation>把文本分成类别</translation>
        </message>
        <message>
            <source>space</source>
            <translation>空格</translation>
        </message>
        <message>
            <source>tab</source>
            <translation>制表符</translation>
        </message>
        <message>
            <source>tag each word</source>
            <translation>给每个词打标签</translation>
        </message>
        <message>
            <source>turn a text into another</source>
            <translation>把一段文本变成另一段</translation>
        </message>
        <message>
            <source>vertical bar</source>
            <translation>竖线</translation>
        </message>
        <message>
            <source>write on, word by word</source>
            <translation>逐词往下写</translation>
        </message>
        <message>
            <source>{0} (found)</source>
            <translation>{0}（自动识别）</translation>
        </message>
        <message>
            <source>{0} lines</source>
            <translation>{0} 行</translation>
        </message>
    </context>
    <context>
        <name>HeadGrid</name>
        <message>
            <source>How much the answer hangs on each head. Arrow keys move, Enter chooses a head.</source>
            <translation>答案在多大程度上取决于各个头。方向键移动，回车键选择一个头。</translation>
        </message>
        <message>
            <source>head</source>
            <translation>头</translation>
        </message>
        <message>
            <source>layer</source>
            <translation>层</translation>
        </message>
    </context>
    <context>
        <name>HeadSwitch</name>
        <message>
            <source>Freeze it</source>
            <translation>冻结它</translation>
        </message>
        <message>
            <source>Head {0}</source>
            <translation>头：{0}</translation>
        </message>
        <message>
            <source>Head {0} from the next step</source>
            <translation>头：下一步起{0}</translation>
        </message>
        <message>
            <source>Switch it off</source>
            <translation>关闭它</translation>
        </message>
        <message>
            <source>Switch it on</source>
            <translation>打开它</translation>
        </message>
        <message>
            <source>Switch this head of the training model off (Delete), freeze it (F) or switch it on (O); off it gives nothing and learns nothing, frozen it stays as it is</source>
            <translation>关闭（Delete）、冻结（F）或打开（O）训练中模型的这个头；关闭时它不输出也不学习，冻结时它保持不变</translation>
        </message>
    </context>
    <context>
        <name>HeadTableView</name>
        <message>
            <source>All kinds</source>
            <translation>所有类型</translation>
        </message>
        <message>
            <source>Cross</source>
            <translation>交叉</translation>
        </message>
        <message>
            <source>Decoder</source>
            <translation>解码器</translation>
        </message>
        <message>
            <source>Encoder</source>
            <translation>编码器</translation>
        </message>
        <message>
            <source>Find heads</source>
            <translation>查找注意力头</translation>
        </message>
        <message>
            <source>Find: induction, 3·5, …</source>
            <translation>查找：归纳、3·5……</translation>
        </message>
        <message>
            <source>Kind of attention</source>
            <translation>注意力类型</translation>
        </message>
        <message>
            <source>Means over {0} texts.</source>
            <translation>{0} 条文本的平均值。</translation>
        </message>
        <message>
            <source>Measuring: text {0} of {1}.</source>
            <translation>正在测量：第 {0} 条文本，共 {1} 条。</translation>
        </message>
        <message>
            <source>Only named heads</source>
            <translation>仅有名称的头</translation>
        </message>
        <message>
            <source>Over one text.</source>
            <translation>仅基于一条文本。</translation>
        </message>
        <message>
            <source>Save as CSV…</source>
            <translation>另存为 CSV…</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Table of heads</source>
            <translation>注意力头表格</translation>
        </message>
        <message>
            <source>The mark on a bar is chance; what is not clear of it is grey.</source>
            <translation>条上的刻度是随机水平；未明显超过它的以灰色显示。</translation>
        </message>
        <message>
            <source>The table appears here when a text was looked at.</source>
            <translation>查看过文本之后，表格会显示在这里。</translation>
        </message>
        <message>
            <source>Too long for all: {0} queries drawn from it.</source>
            <translation>文本过长，只抽取了其中 {0} 个查询。</translation>
        </message>
        <message>
            <source>{0} of {1} heads.</source>
            <translation>{1} 个头中的 {0} 个。</translation>
        </message>
    </context>
    <context>
        <name>HeadTableWords</name>
        <message>
            <source>A head is called what it does clearly more than even attention and than its own weights at random.</source>
            <translation>只有当一个头的某种行为明显强于均匀注意力、也明显强于随机打乱自身权重时，才以该行为命名。</translation>
        </message>
        <message>
            <source>By how much the loss grows when the head is off; below 0 the model does better without it.</source>
            <translation>关闭该头后损失增加多少；小于 0 表示没有它模型反而更好。</translation>
        </message>
        <message>
            <source>Distance, tokens</source>
            <translation>距离（词元）</translation>
        </message>
        <message>
            <source>Duplicate</source>
            <translation>重复词元</translation>
        </message>
        <message>
            <source>Entropy, nats</source>
            <translation>熵（nat）</translation>
        </message>
        <message>
            <source>Even attention under the same mask: {0}. Its own weights dealt out at random: {1} ± {2} (95 %).</source>
            <translation>相同掩码下的均匀注意力：{0}。随机打乱自身权重：{1} ± {2}（95 %）。</translation>
        </message>
        <message>
            <source>First token (sink)</source>
            <translation>首词元（注意力汇）</translation>
        </message>
        <message>
            <source>Gradient importance, nats</source>
            <translation>梯度重要性（nat）</translation>
        </message>
        <message>
            <source>Head</source>
            <translation>头</translation>
        </message>
        <message>
            <source>How far from itself a query looks, on average.</source>
            <translation>查询平均看向多远的位置。</translation>
        </message>
        <message>
            <source>How far the model's output moves when the head is off, of the output's own size.</source>
            <translation>关闭该头后模型输出的变化量，相对于输出自身的大小。</translation>
        </message>
        <message>
            <source>How much of the pattern stays when the words are shuffled: 1 goes by places alone.</source>
            <translation>打乱词序后注意力模式保留多少：1 表示只取决于位置。</translation>
        </message>
        <message>
            <source>How much the head adds: weights times the norm of what each value becomes.</source>
            <translation>该头贡献多少：权重乘以各个值变换后的范数。</translation>
        </message>
        <message>
            <source>How widely a query looks: 0 for one key, the logarithm of their number for all keys alike.</source>
            <translation>查询看得有多分散：只看一个键为 0，均匀地看所有键则为键数的对数。</translation>
        </message>
        <message>
            <source>Induction</source>
            <translation>归纳</translation>
        </message>
        <message>
            <source>Kind</source>
            <translation>类型</translation>
        </message>
        <message>
            <source>Layer and head, counted from 1.</source>
            <translation>层和头，从 1 开始计数。</translation>
        </message>
        <message>
            <source>Loss without it, nats</source>
            <translation>关闭后的损失变化（nat）</translation>
        </message>
        <message>
            <source>Mean weight on {0}, over all queries that have such a key.</source>
            <translation>落在{0}上的平均权重（对所有存在此类键的查询取平均）。</translation>
        </message>
        <message>
            <source>Mirrored</source>
            <translation>镜像位置</translation>
        </message>
        <message>
            <source>Next token</source>
            <translation>后一个词元</translation>
        </message>
        <message>
            <source>Output without it</source>
            <translation>关闭后的输出变化</translation>
        </message>
        <message>
            <source>Positional</source>
            <translation>位置性</translation>
        </message>
        <message>
            <source>Previous token</source>
            <translation>前一个词元</translation>
        </message>
        <message>
            <source>Same token</source>
            <translation>自身</translation>
        </message>
        <message>
            <source>Special tokens</source>
            <translation>特殊词元</translation>
        </message>
        <message>
            <source>Value-weighted norm</source>
            <translation>值加权范数</translation>
        </message>
        <message>
            <source>What it does</source>
            <translation>作用</translation>
        </message>
        <message>
            <source>What the gradient says the loss would change by, without trying.</source>
            <translation>由梯度估计的损失变化，无需实际关闭。</translation>
        </message>
        <message>
            <source>cross</source>
            <translation>交叉</translation>
        </message>
        <message>
            <source>decoder</source>
            <translation>解码器</translation>
        </message>
        <message>
            <source>duplicate token</source>
            <translation>重复词元</translation>
        </message>
        <message>
            <source>encoder</source>
            <translation>编码器</translation>
        </message>
        <message>
            <source>first token (sink)</source>
            <translation>首词元（汇）</translation>
        </message>
        <message>
            <source>induction</source>
            <translation>归纳</translation>
        </message>
        <message>
            <source>mirrored position</source>
            <translation>镜像位置</translation>
        </message>
        <message>
            <source>next token</source>
            <translation>下一个词元</translation>
        </message>
        <message>
            <source>previous token</source>
            <translation>前一词元</translation>
        </message>
        <message>
            <source>same token</source>
            <translation>自身词元</translation>
        </message>
        <message>
            <source>special tokens</source>
            <translation>特殊词元</translation>
        </message>
        <message>
            <source>the first token</source>
            <translation>第一个词元</translation>
        </message>
        <message>
            <source>the mirrored position</source>
            <translation>镜像位置</translation>
        </message>
        <message>
            <source>the same position</source>
            <translation>相同位置</translation>
        </message>
        <message>
            <source>the same token elsewhere</source>
            <translation>别处的相同词元</translation>
        </message>
        <message>
            <source>the token after</source>
            <translation>后一个词元</translation>
        </message>
        <message>
            <source>the token before</source>
            <translation>前一个词元</translation>
        </message>
        <message>
            <source>what followed the same token before</source>
            <translation>此前相同词元之后的词元</translation>
        </message>
        <message>
            <source>{0} (chance {1})</source>
            <translation>{0}（随机 {1}）</translation>
        </message>
    </context>
    <context>
        <name>HeadView</name>
        <message>
            <source>All heads</source>
            <translation>所有头</translation>
        </message>
        <message>
            <source>All heads as a page (HTML)…</source>
            <translation>所有头，网页（HTML）…</translation>
        </message>
        <message>
            <source>All heads as a table (CSV)…</source>
            <translation>所有头，表格（CSV）…</translation>
        </message>
        <message>
            <source>All heads as numbers (npz)…</source>
            <translation>所有头，数值（npz）…</translation>
        </message>
        <message>
            <source>Arithmetic</source>
            <translation>算式</translation>
        </message>
        <message>
            <source>Choose a head to see it large.</source>
            <translation>选择一个头，放大来看。</translation>
        </message>
        <message>
            <source>Click a cell of the map to see how it comes about.</source>
            <translation>点击热图中的一个格子，看它是怎样算出来的。</translation>
        </message>
        <message>
            <source>Copy picture</source>
            <translation>复制图片</translation>
        </message>
        <message>
            <source>Drawing (SVG)…</source>
            <translation>矢量图（SVG）…</translation>
        </message>
        <message>
            <source>Each row by itself</source>
            <translation>逐行归一</translation>
        </message>
        <message>
            <source>Head</source>
            <translation>头</translation>
        </message>
        <message>
            <source>Heads whose lines are drawn</source>
            <translation>画出哪些头的连线</translation>
        </message>
        <message>
            <source>Hide special tokens; what goes to them is then not shown</source>
            <translation>隐藏特殊词元；流向它们的权重就不显示</translation>
        </message>
        <message>
            <source>In a terminal and in Python, where counting begins with 0: {0}</source>
            <translation>在终端和 Python 中（从 0 起数）：{0}</translation>
        </message>
        <message>
            <source>Its layer</source>
            <translation>所在的层</translation>
        </message>
        <message>
            <source>Let this head hand on zeros, and see what the model makes of the rest</source>
            <translation>让这个头只输出零，看模型用其余的头得出什么</translation>
        </message>
        <message>
            <source>Linear</source>
            <translation>线性</translation>
        </message>
        <message>
            <source>Lines</source>
            <translation>连线</translation>
        </message>
        <message>
            <source>Logarithmic</source>
            <translation>对数</translation>
        </message>
        <message>
            <source>Map</source>
            <translation>热图</translation>
        </message>
        <message>
            <source>More keys ({0}) than a value has dimensions: in {1} directions these weights could differ unnoticed.</source>
            <translation>键（{0} 个）比值向量的维数多：这些权重在 {1} 个方向上可以不同而不被察觉。</translation>
        </message>
        <message>
            <source>Move over the cells to read a weight, click one to see its arithmetic. The wheel zooms.</source>
            <translation>把光标移到格子上读出权重，点击可看它的算式，滚轮缩放。</translation>
        </message>
        <message>
            <source>Numbers (NumPy npz)…</source>
            <translation>数值（NumPy npz）…</translation>
        </message>
        <message>
            <source>Picture</source>
            <translation>图片</translation>
        </message>
        <message>
            <source>Picture (PNG)…</source>
            <translation>图片（PNG）…</translation>
        </message>
        <message>
            <source>Pieces as words</source>
            <translation>片段合为整词</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>保存</translation>
        </message>
        <message>
            <source>Scale of the colours</source>
            <translation>颜色的刻度</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>显示</translation>
        </message>
        <message>
            <source>Show the pieces of a word as one: what goes to them is added up</source>
            <translation>把一个词的各片段合为一个：流向它们的权重相加</translation>
        </message>
        <message>
            <source>Switch off</source>
            <translation>关掉</translation>
        </message>
        <message>
            <source>Table (CSV)…</source>
            <translation>表格 (CSV)…</translation>
        </message>
        <message>
            <source>The largest difference between these weights times the values and what the model went on with.</source>
            <translation>用这些权重乘以值，与模型实际继续使用的结果之间的最大差。</translation>
        </message>
        <message>
            <source>The weights are what they would be; what the head hands on is zero.</source>
            <translation>权重照旧算出，但这个头输出的是零。</translation>
        </message>
        <message>
            <source>This head</source>
            <translation>这个头</translation>
        </message>
        <message>
            <source>This head is being computed…</source>
            <translation>正在计算这个头…</translation>
        </message>
        <message>
            <source>This model writes its attention out: the weights are those of its softmax, its values are not seen.</source>
            <translation>这个模型自己写出注意力计算：权重取自它的 softmax，看不到它的值向量。</translation>
        </message>
        <message>
            <source>Weigh each cell by the length of the value it brings: a large weight on a short value brings little</source>
            <translation>用每个键的值向量长度给格子加权：大权重配上短的值，带来的其实很少</translation>
        </message>
        <message>
            <source>Weighed by values (map)</source>
            <translation>按值加权（热图）</translation>
        </message>
        <message>
            <source>Without special tokens</source>
            <translation>不显示特殊词元</translation>
        </message>
        <message>
            <source>switched off</source>
            <translation>已关掉</translation>
        </message>
        <message>
            <source>values are not seen</source>
            <translation>看不到值向量</translation>
        </message>
        <message>
            <source>{0} of the weight goes to tokens that are hidden.</source>
            <translation>有 {0} 的权重流向未显示的词元。</translation>
        </message>
        <message>
            <source>|A·V − used| {0} {1}</source>
            <translation>|A·V − 实际| {0} {1}</translation>
        </message>
    </context>
    <context>
        <name>HeadWall</name>
        <message>
            <source>All heads: layers down, heads across. Arrow keys choose one.</source>
            <translation>所有注意力头：纵向为层，横向为头。用方向键选择。</translation>
        </message>
        <message>
            <source>Choose it to see every weight.</source>
            <translation>选中它可看到每个权重。</translation>
        </message>
        <message>
            <source>Heads appear here as soon as there is a model and a text to look at.</source>
            <translation>一旦有了模型和要看的文本，注意力头就会显示在这里。</translation>
        </message>
    </context>
    <context>
        <name>HeadsPanel</name>
        <message>
            <source>Being worked out…</source>
            <translation>正在计算…</translation>
        </message>
        <message>
            <source>By likeness, heads of like patterns stand beside each other, whatever their layer</source>
            <translation>按相似度排列时，模式相似的注意力头彼此相邻，不论在哪一层</translation>
        </message>
        <message>
            <source>Choose a picture above, or drop one on this page.</source>
            <translation>请在上方选择一张图片，或将图片拖到此页面。</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>比较</translation>
        </message>
        <message>
            <source>Cross</source>
            <translation>交叉</translation>
        </message>
        <message>
            <source>Decoder</source>
            <translation>解码器</translation>
        </message>
        <message>
            <source>Encoder</source>
            <translation>编码器</translation>
        </message>
        <message>
            <source>Heads</source>
            <translation>注意力头</translation>
        </message>
        <message>
            <source>Layers</source>
            <translation>逐层</translation>
        </message>
        <message>
            <source>Open a model first: a run, a folder or a hub name.</source>
            <translation>请先打开模型：一次运行、一个文件夹或模型库中的名称。</translation>
        </message>
        <message>
            <source>Opening the model…</source>
            <translation>正在打开模型…</translation>
        </message>
        <message>
            <source>Order of the heads</source>
            <translation>注意力头的顺序</translation>
        </message>
        <message>
            <source>Order: by layer</source>
            <translation>顺序：按层</translation>
        </message>
        <message>
            <source>Order: by likeness</source>
            <translation>顺序：按相似度</translation>
        </message>
        <message>
            <source>Positions</source>
            <translation>位置编码</translation>
        </message>
        <message>
            <source>Reasons</source>
            <translation>依据</translation>
        </message>
        <message>
            <source>Rollout</source>
            <translation>展开</translation>
        </message>
        <message>
            <source>Table</source>
            <translation>表格</translation>
        </message>
        <message>
            <source>This run has no weights yet. Its model opens here by itself when the first checkpoint is written.</source>
            <translation>此运行还没有权重。写出第一个检查点后，模型会自动在这里打开。</translation>
        </message>
        <message>
            <source>Type a text above and press Enter.</source>
            <translation>请在上方输入文本，按回车。</translation>
        </message>
        <message>
            <source>Wall</source>
            <translation>全部头</translation>
        </message>
        <message>
            <source>cross-attention</source>
            <translation>交叉注意力</translation>
        </message>
        <message>
            <source>decoder self-attention</source>
            <translation>解码器自注意力</translation>
        </message>
        <message>
            <source>encoder self-attention</source>
            <translation>编码器自注意力</translation>
        </message>
        <message>
            <source>{0} · {1} heads · {2} × {3} tokens · {4} s</source>
            <translation>{0} · {1} 个头 · {2} × {3} 个词元 · {4} 秒</translation>
        </message>
    </context>
    <context>
        <name>HeatMap</name>
        <message>
            <source>Choose a head to see it large.</source>
            <translation>选择一个头，放大来看。</translation>
        </message>
        <message>
            <source>Weights of one head. Arrow keys move the cursor, plus and minus zoom, Escape shows all.</source>
            <translation>一个头的权重。方向键移动光标，加减号缩放，Esc 显示全部。</translation>
        </message>
        <message>
            <source>key</source>
            <translation>键</translation>
        </message>
        <message>
            <source>query</source>
            <translation>查询</translation>
        </message>
        <message>
            <source>row max</source>
            <translation>行最大值</translation>
        </message>
    </context>
    <context>
        <name>InspectDesk</name>
        <message>
            <source>Saved: {0}</source>
            <translation>已保存：{0}</translation>
        </message>
    </context>
    <context>
        <name>LayerBars</name>
        <message>
            <source>Decoder {0}</source>
            <translation>解码器第 {0} 层</translation>
        </message>
        <message>
            <source>Embedding</source>
            <translation>嵌入</translation>
        </message>
        <message>
            <source>Encoder {0}</source>
            <translation>编码器第 {0} 层</translation>
        </message>
        <message>
            <source>Gradient norm by layer</source>
            <translation>各层梯度范数</translation>
        </message>
        <message>
            <source>Head</source>
            <translation>头</translation>
        </message>
        <message>
            <source>Layer {0}</source>
            <translation>第 {0} 层</translation>
        </message>
    </context>
    <context>
        <name>LengthHistogram</name>
        <message>
            <source>Cut at {0} tokens: {1} of {2} texts lose their end.</source>
            <translation>在 {0} 个词元处截断：{2} 条文本中有 {1} 条失去结尾。</translation>
        </message>
        <message>
            <source>Drag the line, or use the arrow keys: longer texts are cut there.</source>
            <translation>拖动这条线，或用方向键：更长的文本会在那里截断。</translation>
        </message>
        <message>
            <source>Text lengths in tokens, with the cut line</source>
            <translation>以词元计的文本长度，带截断线</translation>
        </message>
        <message>
            <source>{0} to {1}</source>
            <translation>{0} 至 {1}</translation>
        </message>
        <message>
            <source>{0} tokens: {1} texts</source>
            <translation>{0} 个词元：{1} 条文本</translation>
        </message>
    </context>
    <context>
        <name>LinesView</name>
        <message>
            <source>A line is as opaque as its weight, however many heads are shown; where lines cross, the stronger one lies on top.</source>
            <translation>无论显示多少个头，连线的不透明度都等于权重；连线交叉处，权重大的在上。</translation>
        </message>
        <message>
            <source>Only key {0} “{1}”.</source>
            <translation>仅键 {0}“{1}”。</translation>
        </message>
        <message>
            <source>Only query {0} “{1}”.</source>
            <translation>仅查询 {0}“{1}”。</translation>
        </message>
        <message>
            <source>Smallest weight</source>
            <translation>最小权重</translation>
        </message>
        <message>
            <source>Smallest weight that is drawn</source>
            <translation>绘制的最小权重</translation>
        </message>
        <message>
            <source>The strongest {0} of {1} lines are drawn (from {2} on), with {3} of the weight.</source>
            <translation>在 {1} 条连线中绘制最强的 {0} 条（权重不低于 {2}），占总权重的 {3}。</translation>
        </message>
        <message>
            <source>{0} lines with {1} of the weight.</source>
            <translation>{0} 条连线，占总权重的 {1}。</translation>
        </message>
        <message>
            <source>≥ {0}</source>
            <translation>≥ {0}</translation>
        </message>
    </context>
    <context>
        <name>LogPanel</name>
        <message>
            <source>Copy all</source>
            <translation>全部复制</translation>
        </message>
        <message>
            <source>Log</source>
            <translation>日志</translation>
        </message>
        <message>
            <source>What the program does is written here, with the time.</source>
            <translation>程序所做的事会带着时间写在这里。</translation>
        </message>
    </context>
    <context>
        <name>LossChart</name>
        <message>
            <source>Curves by step: plus and minus zoom, arrows move, Home shows all</source>
            <translation>按步显示的曲线：加减号缩放，方向键移动，Home 显示全部</translation>
        </message>
        <message>
            <source>Curves to show</source>
            <translation>显示哪些曲线</translation>
        </message>
        <message>
            <source>Fit</source>
            <translation>全览</translation>
        </message>
        <message>
            <source>Gradient norm</source>
            <translation>梯度范数</translation>
        </message>
        <message>
            <source>Learning rate</source>
            <translation>学习率</translation>
        </message>
        <message>
            <source>Log axis</source>
            <translation>对数轴</translation>
        </message>
        <message>
            <source>Loss</source>
            <translation>损失</translation>
        </message>
        <message>
            <source>Scores</source>
            <translation>得分</translation>
        </message>
        <message>
            <source>Show the whole run and follow it (double click or Home)</source>
            <translation>显示整个运行并跟随它（双击或 Home）</translation>
        </message>
        <message>
            <source>Smoothing</source>
            <translation>平滑</translation>
        </message>
        <message>
            <source>Smoothing of the training curve</source>
            <translation>训练曲线的平滑程度</translation>
        </message>
        <message>
            <source>The curves of the run appear here once training has begun.</source>
            <translation>训练开始后，运行的曲线会显示在这里。</translation>
        </message>
        <message>
            <source>Throughput</source>
            <translation>吞吐量</translation>
        </message>
        <message>
            <source>Weight of the steps before in the drawn line; the pale band is not smoothed</source>
            <translation>曲线中此前各步所占的权重；浅色带不做平滑</translation>
        </message>
        <message>
            <source>best</source>
            <translation>最佳</translation>
        </message>
        <message>
            <source>gradient norm</source>
            <translation>梯度范数</translation>
        </message>
        <message>
            <source>learning rate</source>
            <translation>学习率</translation>
        </message>
        <message>
            <source>paused</source>
            <translation>暂停</translation>
        </message>
        <message>
            <source>resumed</source>
            <translation>继续</translation>
        </message>
        <message>
            <source>step {0}</source>
            <translation>第 {0} 步</translation>
        </message>
        <message>
            <source>tokens per second</source>
            <translation>每秒词元数</translation>
        </message>
        <message>
            <source>train</source>
            <translation>训练</translation>
        </message>
        <message>
            <source>train {0}</source>
            <translation>训练 {0}</translation>
        </message>
        <message>
            <source>validation</source>
            <translation>验证</translation>
        </message>
        <message>
            <source>validation {0} (lowest {1} at step {2})</source>
            <translation>验证 {0}（最低 {1}，第 {2} 步）</translation>
        </message>
        <message>
            <source>{0} edits</source>
            <translation>{0} 次修改</translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message>
            <source>&amp;About</source>
            <translation>关于(&amp;A)</translation>
        </message>
        <message>
            <source>&amp;Choose where runs are kept…</source>
            <translation>选择运行的保存位置(&amp;C)…</translation>
        </message>
        <message>
            <source>&amp;Continue the run that is shown</source>
            <translation>继续当前显示的运行(&amp;C)</translation>
        </message>
        <message>
            <source>&amp;Dark</source>
            <translation>深色(&amp;D)</translation>
        </message>
        <message>
            <source>&amp;Data</source>
            <translation>数据(&amp;D)</translation>
        </message>
        <message>
            <source>&amp;Edit</source>
            <translation>编辑(&amp;E)</translation>
        </message>
        <message>
            <source>&amp;Export the model…</source>
            <translation>导出模型(&amp;E)…</translation>
        </message>
        <message>
            <source>&amp;File</source>
            <translation>文件(&amp;F)</translation>
        </message>
        <message>
            <source>&amp;Help</source>
            <translation>帮助(&amp;H)</translation>
        </message>
        <message>
            <source>&amp;Inspect</source>
            <translation>观察(&amp;I)</translation>
        </message>
        <message>
            <source>&amp;Language</source>
            <translation>语言(&amp;L)</translation>
        </message>
        <message>
            <source>&amp;Light</source>
            <translation>浅色(&amp;L)</translation>
        </message>
        <message>
            <source>&amp;Model</source>
            <translation>模型(&amp;M)</translation>
        </message>
        <message>
            <source>&amp;Open table…</source>
            <translation>打开表(&amp;O)…</translation>
        </message>
        <message>
            <source>&amp;Play the film or stay</source>
            <translation>播放影片或停住(&amp;P)</translation>
        </message>
        <message>
            <source>&amp;Present (full screen)</source>
            <translation>演示（全屏）(&amp;P)</translation>
        </message>
        <message>
            <source>&amp;Quit</source>
            <translation>退出(&amp;Q)</translation>
        </message>
        <message>
            <source>&amp;Redo</source>
            <translation>重做(&amp;R)</translation>
        </message>
        <message>
            <source>&amp;Run</source>
            <translation>运行(&amp;R)</translation>
        </message>
        <message>
            <source>&amp;Save experiment…</source>
            <translation>保存实验(&amp;S)…</translation>
        </message>
        <message>
            <source>&amp;Stop &amp;&amp; keep</source>
            <translation>停止并保留(&amp;S)</translation>
        </message>
        <message>
            <source>&amp;Train</source>
            <translation>训练(&amp;T)</translation>
        </message>
        <message>
            <source>&amp;Train, pause or resume</source>
            <translation>训练、暂停或继续(&amp;T)</translation>
        </message>
        <message>
            <source>&amp;Undo</source>
            <translation>撤销(&amp;U)</translation>
        </message>
        <message>
            <source>&amp;View</source>
            <translation>视图(&amp;V)</translation>
        </message>
        <message>
            <source>Attention Workbench</source>
            <translation>Attention Workbench</translation>
        </message>
        <message>
            <source>B&amp;ranch here</source>
            <translation>在此分支(&amp;R)</translation>
        </message>
        <message>
            <source>Back to li&amp;ve</source>
            <translation>回到实时(&amp;V)</translation>
        </message>
        <message>
            <source>Find names in sentences</source>
            <translation>找出句子中的名称</translation>
        </message>
        <message>
            <source>Follow the &amp;system</source>
            <translation>跟随系统(&amp;S)</translation>
        </message>
        <message>
            <source>Lo&amp;g</source>
            <translation>日志(&amp;G)</translation>
        </message>
        <message>
            <source>Log</source>
            <translation>日志</translation>
        </message>
        <message>
            <source>Moment &amp;after</source>
            <translation>后一时刻(&amp;A)</translation>
        </message>
        <message>
            <source>Moment &amp;before</source>
            <translation>前一时刻(&amp;B)</translation>
        </message>
        <message>
            <source>Open &amp;experiment…</source>
            <translation>打开实验(&amp;E)…</translation>
        </message>
        <message>
            <source>Open &amp;recent</source>
            <translation>最近打开的(&amp;R)</translation>
        </message>
        <message>
            <source>Open a sa&amp;mple</source>
            <translation>打开示例(&amp;M)</translation>
        </message>
        <message>
            <source>Open r&amp;un folder…</source>
            <translation>打开运行文件夹(&amp;U)…</translation>
        </message>
        <message>
            <source>Open run &amp;folder</source>
            <translation>打开运行文件夹(&amp;F)</translation>
        </message>
        <message>
            <source>P&amp;redict</source>
            <translation>预测(&amp;R)</translation>
        </message>
        <message>
            <source>R&amp;uns</source>
            <translation>运行(&amp;U)</translation>
        </message>
        <message>
            <source>Reverse a sequence</source>
            <translation>反转序列</translation>
        </message>
        <message>
            <source>Show or hide the log</source>
            <translation>显示或隐藏日志</translation>
        </message>
        <message>
            <source>Sort reviews</source>
            <translation>给评论分类</translation>
        </message>
        <message>
            <source>T&amp;heme</source>
            <translation>主题(&amp;H)</translation>
        </message>
        <message>
            <source>Translate sentences</source>
            <translation>翻译句子</translation>
        </message>
        <message>
            <source>Write stories</source>
            <translation>写故事</translation>
        </message>
        <message>
            <source>{0} (missing)</source>
            <translation>{0}（找不到）</translation>
        </message>
    </context>
    <context>
        <name>Metrics</name>
        <message>
            <source>Accuracy</source>
            <translation>准确率</translation>
        </message>
        <message>
            <source>All labels right</source>
            <translation>全部标签正确</translation>
        </message>
        <message>
            <source>BLEU</source>
            <translation>BLEU</translation>
        </message>
        <message>
            <source>Entity F1</source>
            <translation>实体 F1</translation>
        </message>
        <message>
            <source>Entity precision</source>
            <translation>实体精确率</translation>
        </message>
        <message>
            <source>Entity recall</source>
            <translation>实体召回率</translation>
        </message>
        <message>
            <source>Exact match</source>
            <translation>完全匹配</translation>
        </message>
        <message>
            <source>F1</source>
            <translation>F1</translation>
        </message>
        <message>
            <source>Loss</source>
            <translation>损失</translation>
        </message>
        <message>
            <source>Macro F1</source>
            <translation>宏平均 F1</translation>
        </message>
        <message>
            <source>Micro F1</source>
            <translation>微平均 F1</translation>
        </message>
        <message>
            <source>Pearson</source>
            <translation>Pearson 相关</translation>
        </message>
        <message>
            <source>Perplexity</source>
            <translation>困惑度</translation>
        </message>
        <message>
            <source>RMSE</source>
            <translation>RMSE</translation>
        </message>
        <message>
            <source>ROC AUC</source>
            <translation>ROC AUC</translation>
        </message>
        <message>
            <source>Spearman</source>
            <translation>Spearman 相关</translation>
        </message>
        <message>
            <source>{0} %</source>
            <translation>{0} %</translation>
        </message>
    </context>
    <context>
        <name>ModelCard</name>
        <message>
            <source>A hub name, such as gpt2, and Enter</source>
            <translation>模型库名称，如 gpt2，按回车</translation>
        </message>
        <message>
            <source>A run or model folder…</source>
            <translation>运行或模型文件夹…</translation>
        </message>
        <message>
            <source>Name of a model on the hub</source>
            <translation>模型库中的名称</translation>
        </message>
        <message>
            <source>No model</source>
            <translation>没有模型</translation>
        </message>
        <message>
            <source>Open a model</source>
            <translation>打开模型</translation>
        </message>
        <message>
            <source>Open a run, a folder or a hub name to see its attention.</source>
            <translation>打开一次运行、一个文件夹或模型库名称，即可观察它的注意力。</translation>
        </message>
        <message>
            <source>The run on the Train page</source>
            <translation>训练页上的运行</translation>
        </message>
        <message>
            <source>Waiting for the first checkpoint of this run.</source>
            <translation>正在等待此运行的第一个检查点。</translation>
        </message>
        <message>
            <source>all attention is seen</source>
            <translation>可看到全部注意力</translation>
        </message>
        <message>
            <source>attention is not seen</source>
            <translation>看不到注意力</translation>
        </message>
        <message>
            <source>attention is seen in part</source>
            <translation>可看到部分注意力</translation>
        </message>
        <message>
            <source>step {0}</source>
            <translation>第 {0} 步</translation>
        </message>
        <message>
            <source>weights are seen</source>
            <translation>可看到权重</translation>
        </message>
        <message>
            <source>{0} decoder layers</source>
            <translation>{0} 个解码器层</translation>
        </message>
        <message>
            <source>{0} encoder layers</source>
            <translation>{0} 个编码器层</translation>
        </message>
        <message>
            <source>{0} parameters</source>
            <translation>{0} 个参数</translation>
        </message>
        <message>
            <source>{0} with cross-attention</source>
            <translation>{0} 层交叉注意力</translation>
        </message>
        <message>
            <source>{0}: {1}</source>
            <translation>{0}：{1}</translation>
        </message>
    </context>
    <context>
        <name>ModelPage</name>
        <message>
            <source>Base</source>
            <translation>基础</translation>
        </message>
        <message>
            <source>Choose a table first</source>
            <translation>先选择一张表</translation>
        </message>
        <message>
            <source>Choose a table on the Data page, and the time is measured here.</source>
            <translation>在“数据”页选择一张表，就会在这里测量时间。</translation>
        </message>
        <message>
            <source>Cost</source>
            <translation>开销</translation>
        </message>
        <message>
            <source>Disk</source>
            <translation>磁盘</translation>
        </message>
        <message>
            <source>For a graphics card, or patience.</source>
            <translation>适合显卡，或者有耐心的人。</translation>
        </message>
        <message>
            <source>For real tables: minutes on a processor.</source>
            <translation>适合真实的表：在处理器上几分钟。</translation>
        </message>
        <message>
            <source>In all</source>
            <translation>合计</translation>
        </message>
        <message>
            <source>Measured on {0} real steps of {1} examples on {2}. In all: {3} of scoring, {4} of saving.</source>
            <translation>在 {2} 上实测了 {0} 个真实训练步（每步 {1} 个样本）。全程合计：评估 {3}，保存 {4}。</translation>
        </message>
        <message>
            <source>Measuring thirty real steps, or as many as take six seconds…</source>
            <translation>正在实测三十个真实步骤，或六秒内能完成的步数…</translation>
        </message>
        <message>
            <source>Memory</source>
            <translation>内存</translation>
        </message>
        <message>
            <source>Mend the marked settings, and the time is measured.</source>
            <translation>改正标出的设置后，就会测量时间。</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>模型</translation>
        </message>
        <message>
            <source>Nothing is measured while a training runs.</source>
            <translation>训练进行时不做测量。</translation>
        </message>
        <message>
            <source>One epoch</source>
            <translation>一个轮次</translation>
        </message>
        <message>
            <source>One setting needs mending</source>
            <translation>有一项设置需要改正</translation>
        </message>
        <message>
            <source>Only {0} of memory are free: halve the batch size, or take a smaller model.</source>
            <translation>可用内存只有 {0}：把批次大小减半，或用更小的模型。</translation>
        </message>
        <message>
            <source>Only {0} of the disk are free where runs are kept: make room, or take a smaller model.</source>
            <translation>存放运行的磁盘只剩 {0} 可用：请腾出空间，或使用更小的模型。</translation>
        </message>
        <message>
            <source>Open experiment…</source>
            <translation>打开实验…</translation>
        </message>
        <message>
            <source>Parameters</source>
            <translation>参数量</translation>
        </message>
        <message>
            <source>Preset</source>
            <translation>预设</translation>
        </message>
        <message>
            <source>Save experiment…</source>
            <translation>保存实验…</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>设置</translation>
        </message>
        <message>
            <source>Small</source>
            <translation>小型</translation>
        </message>
        <message>
            <source>Small enough to follow every number; trained in seconds.</source>
            <translation>小到可以看清每一个数；几秒钟就训练好。</translation>
        </message>
        <message>
            <source>Soon thirty real steps are measured.</source>
            <translation>很快将实测三十个真实步骤。</translation>
        </message>
        <message>
            <source>Start from</source>
            <translation>起点</translation>
        </message>
        <message>
            <source>The model is pretrained and brings its own shape; Inspect shows it.</source>
            <translation>模型是预训练的，自带结构；可在“观察”页查看。</translation>
        </message>
        <message>
            <source>This shape cannot be built: mend the marked settings.</source>
            <translation>这个结构无法建立：请改正标出的设置。</translation>
        </message>
        <message>
            <source>Tiny (teaching)</source>
            <translation>微型（教学）</translation>
        </message>
        <message>
            <source>Train</source>
            <translation>训练</translation>
        </message>
        <message>
            <source>about {0}</source>
            <translation>约 {0}</translation>
        </message>
        <message>
            <source>about {0} ({1} to {2}) for {3} steps at most</source>
            <translation>约 {0}（{1} 到 {2}），最多 {3} 步</translation>
        </message>
        <message>
            <source>at least {0}: the vocabulary is not known yet</source>
            <translation>至少 {0}：词表尚不清楚</translation>
        </message>
        <message>
            <source>embeddings {0} · attention {1} · feed-forward {2} · norms {3} · output {4}</source>
            <translation>嵌入 {0} · 注意力 {1} · 前馈 {2} · 归一化 {3} · 输出 {4}</translation>
        </message>
        <message>
            <source>{0} GiB</source>
            <translation>{0} GiB</translation>
        </message>
        <message>
            <source>{0} KiB</source>
            <translation>{0} KiB</translation>
        </message>
        <message>
            <source>{0} MiB</source>
            <translation>{0} MiB</translation>
        </message>
        <message>
            <source>{0} for the weights, {1} to {2} while training</source>
            <translation>权重 {0}，训练时 {1} 到 {2}</translation>
        </message>
        <message>
            <source>{0} for {1} steps</source>
            <translation>{0}，共 {1} 步</translation>
        </message>
        <message>
            <source>{0} h</source>
            <translation>{0} 小时</translation>
        </message>
        <message>
            <source>{0} min</source>
            <translation>{0} 分钟</translation>
        </message>
        <message>
            <source>{0} s</source>
            <translation>{0} 秒</translation>
        </message>
        <message>
            <source>{0} settings need mending</source>
            <translation>有 {0} 项设置需要改正</translation>
        </message>
        <message>
            <source>{0} when it is over, {1} at most, with its film</source>
            <translation>结束时 {0}，连同影片最多 {1}</translation>
        </message>
    </context>
    <context>
        <name>NoPredictor</name>
        <message>
            <source>Open a run or model folder…</source>
            <translation>打开运行目录或模型目录…</translation>
        </message>
        <message>
            <source>Predictions need a trained model</source>
            <translation>预测需要一个训练好的模型</translation>
        </message>
        <message>
            <source>Then type a text, or drop a table: it comes back with the predictions beside its rows.</source>
            <translation>然后输入一段文本，或拖入一张表：返回的表在每一行旁边附上预测结果。</translation>
        </message>
        <message>
            <source>Train one first</source>
            <translation>先训练一个</translation>
        </message>
        <message>
            <source>Use the run on the Train page</source>
            <translation>使用“训练”页上的运行</translation>
        </message>
    </context>
    <context>
        <name>Notice</name>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message>
            <source>Copy details</source>
            <translation>复制详情</translation>
        </message>
    </context>
    <context>
        <name>Opening</name>
        <message>
            <source>Edits made in the training that this repeats: {0}. The Model page can leave them out.</source>
            <translation>所重做的训练中有 {0} 次修改。可以在模型页去掉它们。</translation>
        </message>
        <message>
            <source>One at a time: {0} was opened, {1} more were not.</source>
            <translation>一次只能打开一个：已打开 {0}，另外 {1} 个没有打开。</translation>
        </message>
        <message>
            <source>Stop it first; it is kept.</source>
            <translation>请先停止；已学到的会保留。</translation>
        </message>
    </context>
    <context>
        <name>PairTrack</name>
        <message>
            <source>Two films: arrows go from moment to moment, space plays, Home and End go to the ends</source>
            <translation>两段影片：方向键在时刻之间移动，空格播放，Home 和 End 到两端</translation>
        </message>
    </context>
    <context>
        <name>PictureAttention</name>
        <message>
            <source>By its strongest patch</source>
            <translation>以最强的图块为准</translation>
        </message>
        <message>
            <source>Click a patch, or go with the arrow keys, to see where it looks.</source>
            <translation>点击图块或用方向键移动，查看它关注哪里。</translation>
        </message>
        <message>
            <source>Cover</source>
            <translation>覆盖</translation>
        </message>
        <message>
            <source>Heads whose attention is drawn</source>
            <translation>绘制哪些头的注意力</translation>
        </message>
        <message>
            <source>How strongly attention covers the picture</source>
            <translation>注意力覆盖图片的强度</translation>
        </message>
        <message>
            <source>Linear</source>
            <translation>线性</translation>
        </message>
        <message>
            <source>Logarithmic</source>
            <translation>对数</translation>
        </message>
        <message>
            <source>Mean of all heads</source>
            <translation>所有头的平均</translation>
        </message>
        <message>
            <source>Mean of its layer</source>
            <translation>所在层的平均</translation>
        </message>
        <message>
            <source>Scale of the colours</source>
            <translation>颜色的刻度</translation>
        </message>
        <message>
            <source>The mean over the heads is being computed…</source>
            <translation>正在计算各注意力头的平均…</translation>
        </message>
        <message>
            <source>This head</source>
            <translation>这个头</translation>
        </message>
        <message>
            <source>Where patch {0} (row, column) looks</source>
            <translation>图块 {0}（行、列）关注哪里</translation>
        </message>
        <message>
            <source>Where {0} looks</source>
            <translation>{0} 关注哪里</translation>
        </message>
        <message>
            <source>{0}: weight {1} (even {2}).</source>
            <translation>{0}：权重 {1}（均匀时 {2}）。</translation>
        </message>
        <message>
            <source>{0}: {1} of its attention goes to patches.</source>
            <translation>{0}：其注意力的 {1} 落在图块上。</translation>
        </message>
    </context>
    <context>
        <name>PictureCanvas</name>
        <message>
            <source>The picture and where one of its patches looks. Arrow keys choose another patch, Home the class token.</source>
            <translation>图片及其中一个图块关注的位置。方向键选择其他图块，Home 键选择类别词元。</translation>
        </message>
    </context>
    <context>
        <name>PictureChooser</name>
        <message>
            <source>Choose a picture…</source>
            <translation>选择图片…</translation>
        </message>
        <message>
            <source>No picture yet: choose one, or drop one on this page.</source>
            <translation>还没有图片：请选择一张，或将图片拖到此页面。</translation>
        </message>
    </context>
    <context>
        <name>PositionPanel</name>
        <message>
            <source>ALiBi</source>
            <translation>ALiBi</translation>
        </message>
        <message>
            <source>Bias</source>
            <translation>偏置</translation>
        </message>
        <message>
            <source>Curves</source>
            <translation>曲线</translation>
        </message>
        <message>
            <source>Divide the products by the lengths of the vectors</source>
            <translation>把乘积除以向量的长度</translation>
        </message>
        <message>
            <source>First dimension drawn</source>
            <translation>从哪一维开始画</translation>
        </message>
        <message>
            <source>Head</source>
            <translation>头</translation>
        </message>
        <message>
            <source>Position encoding as colours</source>
            <translation>用颜色表示的位置编码</translation>
        </message>
        <message>
            <source>Positions</source>
            <translation>位置编码</translation>
        </message>
        <message>
            <source>Product of each two position vectors: bright where positions look alike to the model</source>
            <translation>两两位置向量的乘积：模型看来相似的位置颜色较深</translation>
        </message>
        <message>
            <source>Similarity</source>
            <translation>相似度</translation>
        </message>
        <message>
            <source>Some dimensions over the position</source>
            <translation>若干维度随位置的变化</translation>
        </message>
        <message>
            <source>Table</source>
            <translation>表</translation>
        </message>
        <message>
            <source>The biases of some heads over the offset</source>
            <translation>若干头的偏置随偏移的变化</translation>
        </message>
        <message>
            <source>The encoding itself: a row for each position</source>
            <translation>编码本身：每个位置一行</translation>
        </message>
        <message>
            <source>The position encoding appears here when training begins.</source>
            <translation>训练开始后，位置编码会显示在这里。</translation>
        </message>
        <message>
            <source>This model is given no positions: there is nothing to draw. It may still tell order: a causal mask lets each token see how many came before it.</source>
            <translation>这个模型没有位置编码，所以没有可画的内容。它仍可能分辨顺序：因果掩码让每个词元看得到前面有多少个词元。</translation>
        </message>
        <message>
            <source>This model's positions cannot be drawn as a table.</source>
            <translation>这个模型的位置编码无法画成表。</translation>
        </message>
        <message>
            <source>What each head adds to a score, by how far the key is from the query</source>
            <translation>每个头按键与查询的距离给分数加上多少</translation>
        </message>
        <message>
            <source>What one head adds to the score of each query and key</source>
            <translation>一个头给每对查询和键的分数加上多少</translation>
        </message>
        <message>
            <source>cosine</source>
            <translation>余弦</translation>
        </message>
        <message>
            <source>dimension</source>
            <translation>维度</translation>
        </message>
        <message>
            <source>dimensions from</source>
            <translation>起始维度</translation>
        </message>
        <message>
            <source>head</source>
            <translation>头</translation>
        </message>
        <message>
            <source>key</source>
            <translation>键</translation>
        </message>
        <message>
            <source>learned</source>
            <translation>可学习</translation>
        </message>
        <message>
            <source>offset (key − query)</source>
            <translation>偏移（键 − 查询）</translation>
        </message>
        <message>
            <source>offset {0}, head {1}: {2}</source>
            <translation>偏移 {0}，头 {1}：{2}</translation>
        </message>
        <message>
            <source>position</source>
            <translation>位置</translation>
        </message>
        <message>
            <source>position {0}, dimension {1}: {2}</source>
            <translation>位置 {0}，维度 {1}：{2}</translation>
        </message>
        <message>
            <source>positions apart</source>
            <translation>相隔的位置数</translation>
        </message>
        <message>
            <source>positions {0} and {1}: {2}</source>
            <translation>位置 {0} 和 {1}：{2}</translation>
        </message>
        <message>
            <source>query</source>
            <translation>查询</translation>
        </message>
        <message>
            <source>query {0}, key {1}: {2}</source>
            <translation>查询 {0}，键 {1}：{2}</translation>
        </message>
        <message>
            <source>relative</source>
            <translation>相对</translation>
        </message>
        <message>
            <source>rotary</source>
            <translation>旋转</translation>
        </message>
        <message>
            <source>sinusoidal</source>
            <translation>正弦</translation>
        </message>
        <message>
            <source>{0} positions · {1} cosines, then {1} sines</source>
            <translation>{0} 个位置 · {1} 个余弦，然后 {1} 个正弦</translation>
        </message>
        <message>
            <source>{0} positions × {1} dimensions · mean norm {2}</source>
            <translation>{0} 个位置 × {1} 维 · 平均范数 {2}</translation>
        </message>
        <message>
            <source>{0} · offsets up to {1}</source>
            <translation>{0} · 偏移最大为 {1}</translation>
        </message>
        <message>
            <source>{0} · slopes {1} to {2}</source>
            <translation>{0} · 斜率 {1} 至 {2}</translation>
        </message>
    </context>
    <context>
        <name>PredictionForm</name>
        <message>
            <source>Begin with a byte order mark (BOM): without it Excel takes UTF-8 for another encoding</source>
            <translation>在文件开头写入字节顺序标记（BOM）：没有它，Excel 会把 UTF-8 当成别的编码</translation>
        </message>
        <message>
            <source>Form of the file</source>
            <translation>文件格式</translation>
        </message>
        <message>
            <source>Predict all rows…</source>
            <translation>预测所有行…</translation>
        </message>
        <message>
            <source>Put an apostrophe before cells that a spreadsheet would run as a formula; how many is said afterwards</source>
            <translation>在电子表格会当作公式执行的单元格前加一个撇号；完成后会说明加了多少个</translation>
        </message>
        <message>
            <source>Write as</source>
            <translation>写成</translation>
        </message>
        <message>
            <source>csv</source>
            <translation>csv</translation>
        </message>
        <message>
            <source>for Excel</source>
            <translation>供 Excel 使用</translation>
        </message>
        <message>
            <source>jsonl</source>
            <translation>jsonl</translation>
        </message>
        <message>
            <source>no formulas</source>
            <translation>防止公式</translation>
        </message>
        <message>
            <source>parquet</source>
            <translation>parquet</translation>
        </message>
        <message>
            <source>tsv (tabs)</source>
            <translation>tsv（制表符）</translation>
        </message>
        <message>
            <source>xlsx (Excel)</source>
            <translation>xlsx（Excel）</translation>
        </message>
    </context>
    <context>
        <name>PredictionOutcome</name>
        <message>
            <source>1 cell got an apostrophe</source>
            <translation>1 个单元格加了撇号</translation>
        </message>
        <message>
            <source>1 has no text and keeps its place</source>
            <translation>1 行没有文本，位置保持不变</translation>
        </message>
        <message>
            <source>1 text was longer than the model reads</source>
            <translation>1 段文本超过模型能读的长度</translation>
        </message>
        <message>
            <source>1 was predicted before an interruption</source>
            <translation>1 行是中断之前预测的</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>End after this part; what is done is kept, and can be gone on with</source>
            <translation>做完当前部分后停止；已完成的会保留，可以接着做</translation>
        </message>
        <message>
            <source>Open folder</source>
            <translation>打开文件夹</translation>
        </message>
        <message>
            <source>Progress of the predictions</source>
            <translation>预测进度</translation>
        </message>
        <message>
            <source>Resume</source>
            <translation>继续</translation>
        </message>
        <message>
            <source>Rows that could not be read and are not in the file: {0}</source>
            <translation>无法读取、不在文件中的行：{0}</translation>
        </message>
        <message>
            <source>Stopped; what is done is kept.</source>
            <translation>已停止；已完成的部分已保留。</translation>
        </message>
        <message>
            <source>Stopped; {0} of {1} rows are kept.</source>
            <translation>已停止；{1} 行中的 {0} 行已保留。</translation>
        </message>
        <message>
            <source>Writing the file: {0} of {1} rows</source>
            <translation>正在写文件：{1} 行中的 {0} 行</translation>
        </message>
        <message>
            <source>{0} cells got an apostrophe</source>
            <translation>{0} 个单元格加了撇号</translation>
        </message>
        <message>
            <source>{0} have no text and keep their place</source>
            <translation>{0} 行没有文本，位置保持不变</translation>
        </message>
        <message>
            <source>{0} left</source>
            <translation>还剩 {0}</translation>
        </message>
        <message>
            <source>{0} of them from before</source>
            <translation>其中 {0} 行是之前完成的</translation>
        </message>
        <message>
            <source>{0} of {1} rows</source>
            <translation>{1} 行中的 {0} 行</translation>
        </message>
        <message>
            <source>{0} texts were longer than the model reads</source>
            <translation>{0} 段文本超过模型能读的长度</translation>
        </message>
        <message>
            <source>{0} were predicted before an interruption</source>
            <translation>{0} 行是中断之前预测的</translation>
        </message>
        <message>
            <source>{0} written: {1}</source>
            <translation>已写入 {0}：{1}</translation>
        </message>
    </context>
    <context>
        <name>PredictorCard</name>
        <message>
            <source>A run or model folder…</source>
            <translation>运行或模型文件夹…</translation>
        </message>
        <message>
            <source>Choose a trained model, then type a text or drop a table.</source>
            <translation>选择一个训练好的模型，然后输入文本或拖入一张表。</translation>
        </message>
        <message>
            <source>Choose the model</source>
            <translation>选择模型</translation>
        </message>
        <message>
            <source>No model</source>
            <translation>没有模型</translation>
        </message>
        <message>
            <source>The run on the Train page</source>
            <translation>训练页上的运行</translation>
        </message>
        <message>
            <source>chooses one of {0} classes</source>
            <translation>从 {0} 个类别中选一个</translation>
        </message>
        <message>
            <source>fills in hidden words</source>
            <translation>填出被遮住的词</translation>
        </message>
        <message>
            <source>finds the answer to a question in a passage</source>
            <translation>在段落中找出问题的答案</translation>
        </message>
        <message>
            <source>goes on with a text</source>
            <translation>续写文本</translation>
        </message>
        <message>
            <source>predicts a number</source>
            <translation>预测一个数</translation>
        </message>
        <message>
            <source>predicts a number for two texts</source>
            <translation>为两段文本预测一个数值</translation>
        </message>
        <message>
            <source>puts two texts into one of {0} classes</source>
            <translation>把两段文本归入 {0} 个类别之一</translation>
        </message>
        <message>
            <source>says which of {0} labels hold</source>
            <translation>判断 {0} 个标签中哪些成立</translation>
        </message>
        <message>
            <source>tags each word</source>
            <translation>给每个词打标签</translation>
        </message>
        <message>
            <source>trained on the column “{0}”</source>
            <translation>按“{0}”列训练</translation>
        </message>
        <message>
            <source>trained on the columns “{0}” and “{1}”</source>
            <translation>训练时读取列“{0}”和“{1}”</translation>
        </message>
        <message>
            <source>writes a text from a text</source>
            <translation>由文本写出文本</translation>
        </message>
        <message>
            <source>{0} parameters</source>
            <translation>{0} 个参数</translation>
        </message>
    </context>
    <context>
        <name>ProgressRow</name>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Progress</source>
            <translation>进度</translation>
        </message>
    </context>
    <context>
        <name>Rail</name>
        <message>
            <source>Data</source>
            <translation>数据</translation>
        </message>
        <message>
            <source>Inspect</source>
            <translation>观察</translation>
        </message>
        <message>
            <source>Lessons</source>
            <translation>课程</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>模型</translation>
        </message>
        <message>
            <source>Predict</source>
            <translation>预测</translation>
        </message>
        <message>
            <source>Runs</source>
            <translation>运行</translation>
        </message>
        <message>
            <source>Train</source>
            <translation>训练</translation>
        </message>
        <message>
            <source>{0} (Ctrl+{1})</source>
            <translation>{0}（Ctrl+{1}）</translation>
        </message>
    </context>
    <context>
        <name>ReadingsView</name>
        <message>
            <source>Framed: where the final answer first is the likeliest, on average after layer {0} of {1}.</source>
            <translation>带框处：最终答案首次成为最可能的词元；平均在第 {0} 层之后（共 {1} 层）。</translation>
        </message>
        <message>
            <source>Logit lens: the token that would come next if the model stopped after this layer. The stronger the colour, the likelier the token.</source>
            <translation>logit 透镜：如果模型在这一层之后停下，接下来会出现的词元。颜色越浓，该词元越可能。</translation>
        </message>
        <message>
            <source>Logit lens: the token the model would put at this position if it stopped after this layer. The stronger the colour, the likelier the token.</source>
            <translation>logit 透镜：如果模型在这一层之后停下，它会在这个位置填入的词元。颜色越浓，该词元越可能。</translation>
        </message>
        <message>
            <source>Move over the cells, or use the arrow keys, to read the five likeliest tokens.</source>
            <translation>把鼠标移到格子上，或使用方向键，查看最可能的五个词元。</translation>
        </message>
        <message>
            <source>Position {0} “{1}”, after layer {2}:</source>
            <translation>位置 {0}“{1}”，第 {2} 层之后：</translation>
        </message>
        <message>
            <source>Position {0} “{1}”, before layer 1:</source>
            <translation>位置 {0}“{1}”，第 1 层之前：</translation>
        </message>
        <message>
            <source>The final answer “{0}” has {1} here; it is first the likeliest after layer {2}.</source>
            <translation>最终答案“{0}”在此处的概率为 {1}；它在第 {2} 层之后首次成为最可能的词元。</translation>
        </message>
        <message>
            <source>The final answer “{0}” has {1} here; it is the likeliest before any layer.</source>
            <translation>最终答案“{0}”在此处的概率为 {1}；在进入第一层之前它就已是最可能的词元。</translation>
        </message>
        <message>
            <source>What each layer would say appears here when a text was looked at.</source>
            <translation>查看一段文本后，这里会显示每一层会说什么。</translation>
        </message>
        <message>
            <source>What each layer would say: layers down, positions across</source>
            <translation>每一层会说什么：纵向为层，横向为位置</translation>
        </message>
        <message>
            <source>input</source>
            <translation>输入</translation>
        </message>
        <message>
            <source>{0} {1}. {2}</source>
            <translation>{0}{1}。{2}</translation>
        </message>
        <message>
            <source>{0}, {1}</source>
            <translation>{0}，{1}</translation>
        </message>
        <message>
            <source>“{0}” {1}</source>
            <translation>“{0}” {1}</translation>
        </message>
    </context>
    <context>
        <name>ReasonsView</name>
        <message>
            <source>From {0} for an empty text to {1}: the tokens' shares add up to {2}, {3} is left over.</source>
            <translation>从空文本的 {0} 到 {1}：各词元的贡献合计为 {2}，未解释的部分为 {3}。</translation>
        </message>
        <message>
            <source>Heads: how much the logit hangs on each</source>
            <translation>注意力头：logit 在多大程度上取决于各个头</translation>
        </message>
        <message>
            <source>Integrated gradients: blue speaks for the answer, orange against it, the panel's own colour is zero. Move over a token to read its share.</source>
            <translation>积分梯度：蓝色支持该答案，橙色反对，底色为零。把鼠标移到词元上查看它的贡献。</translation>
        </message>
        <message>
            <source>Layer {0} · head {1}: {2}, which is {3} of all heads together</source>
            <translation>第 {0} 层 · 第 {1} 个头：{2}，占所有头合计的 {3}</translation>
        </message>
        <message>
            <source>That is a lot: do not lean on these shares.</source>
            <translation>未解释的部分很大：不要依赖这些贡献值。</translation>
        </message>
        <message>
            <source>The tokens' shares add up to {0}. Left over: {1}.</source>
            <translation>各词元的贡献合计为 {0}。未解释的部分：{1}。</translation>
        </message>
        <message>
            <source>This is one view of many. Another way from an empty text to this one gives other shares, and attention by itself is no explanation: a head may look at a token and make nothing of it. To be sure, switch a head off or leave a word out.</source>
            <translation>这只是多种看法之一。从空文本到这段文本换一条路径，贡献就会不同；注意力本身也不是解释：一个头可能关注某个词元却什么也没用上。要确认，请关闭一个头或去掉一个词。</translation>
        </message>
        <message>
            <source>Token {0} “{1}” counts for nothing here: {2}</source>
            <translation>词元 {0}“{1}”在这里不起作用：{2}</translation>
        </message>
        <message>
            <source>Token {0} “{1}” speaks against the answer: {2}</source>
            <translation>词元 {0}“{1}”反对该答案：{2}</translation>
        </message>
        <message>
            <source>Token {0} “{1}” speaks for the answer: +{2}</source>
            <translation>词元 {0}“{1}”支持该答案：+{2}</translation>
        </message>
        <message>
            <source>What an answer hangs on appears here when it was asked for.</source>
            <translation>询问之后，这里会显示答案取决于什么。</translation>
        </message>
        <message>
            <source>Why “{0}”: its logit is {1}</source>
            <translation>为什么是“{0}”：其 logit 为 {1}</translation>
        </message>
        <message>
            <source>Σ |A ⊙ ∂logit/∂A| over a head's map, to first order. Click a head to see it.</source>
            <translation>在一个头的整张图上求和 Σ |A ⊙ ∂logit/∂A|，为一阶近似。点击一个头即可查看它。</translation>
        </message>
    </context>
    <context>
        <name>RejectedRows</name>
        <message>
            <source>Rows that are not learned from</source>
            <translation>不用来学习的行</translation>
        </message>
    </context>
    <context>
        <name>RepeatedEdits</name>
        <message>
            <source>Edits do not fit this model: {0}</source>
            <translation>这些修改不适合这个模型：{0}</translation>
        </message>
        <message>
            <source>Edits made in the training that this repeats: {0}. They are made again at their steps.</source>
            <translation>所重做的训练中有 {0} 次修改。它们会在各自的步再次进行。</translation>
        </message>
        <message>
            <source>Leave them out</source>
            <translation>不带修改</translation>
        </message>
        <message>
            <source>Train with these settings from beginning to end; this can be undone</source>
            <translation>从头到尾都用这些设置训练；可以撤销</translation>
        </message>
    </context>
    <context>
        <name>ReportPanel</name>
        <message>
            <source>Copies the whole report as JSON</source>
            <translation>把整份报告复制为 JSON</translation>
        </message>
        <message>
            <source>Copy report</source>
            <translation>复制报告</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>文件夹</translation>
        </message>
        <message>
            <source>Open folder</source>
            <translation>打开文件夹</translation>
        </message>
        <message>
            <source>Parameters</source>
            <translation>参数量</translation>
        </message>
        <message>
            <source>Report</source>
            <translation>报告</translation>
        </message>
        <message>
            <source>Rows</source>
            <translation>行数</translation>
        </message>
        <message>
            <source>Scores by class</source>
            <translation>各类别的得分</translation>
        </message>
        <message>
            <source>Speed</source>
            <translation>速度</translation>
        </message>
        <message>
            <source>Steps</source>
            <translation>步数</translation>
        </message>
        <message>
            <source>The run ended before it could be scored.</source>
            <translation>运行在评分之前就结束了。</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>用时</translation>
        </message>
        <message>
            <source>What the run came to appears here when it has ended.</source>
            <translation>运行结束后，结果会显示在这里。</translation>
        </message>
        <message>
            <source>all steps done</source>
            <translation>全部步数已完成</translation>
        </message>
        <message>
            <source>baseline, {0}</source>
            <translation>基线，{0}</translation>
        </message>
        <message>
            <source>stopped early: no more progress</source>
            <translation>提前停止：不再有进步</translation>
        </message>
        <message>
            <source>stopped when asked</source>
            <translation>应要求停止</translation>
        </message>
        <message>
            <source>test</source>
            <translation>测试</translation>
        </message>
        <message>
            <source>time was up</source>
            <translation>时间用完</translation>
        </message>
        <message>
            <source>validation</source>
            <translation>验证</translation>
        </message>
        <message>
            <source>{0}</source>
            <translation>{0}</translation>
        </message>
        <message>
            <source>{0} min {1} s</source>
            <translation>{0} 分 {1} 秒</translation>
        </message>
        <message>
            <source>{0} points</source>
            <translation>{0} 个百分点</translation>
        </message>
        <message>
            <source>{0} s</source>
            <translation>{0} 秒</translation>
        </message>
        <message>
            <source>{0} tokens per second on {1}</source>
            <translation>每秒 {0} 个词元，在 {1} 上</translation>
        </message>
        <message>
            <source>{0} train, {1} validation, {2} test, {3} unusable</source>
            <translation>训练 {0}，验证 {1}，测试 {2}，不可用 {3}</translation>
        </message>
        <message>
            <source>{0} {1}</source>
            <translation>{0} {1}</translation>
        </message>
        <message>
            <source>{0}, and {1} s of preparing, scoring and saving</source>
            <translation>{0}，另有 {1} 秒用于准备、评分和保存</translation>
        </message>
        <message>
            <source>{0}, best at {1} ({2})</source>
            <translation>{0}，最佳在第 {1} 步（{2}）</translation>
        </message>
        <message>
            <source>{0}. There is no simple baseline to compare with here.</source>
            <translation>{0}。这里没有可比较的简单基线。</translation>
        </message>
        <message>
            <source>{0}: better than the baseline by {1}.</source>
            <translation>{0}：比基线好 {1}。</translation>
        </message>
        <message>
            <source>{0}: the simple baseline is as good; prefer it.</source>
            <translation>{0}：简单的基线一样好，宜选用基线。</translation>
        </message>
        <message>
            <source>{0}: the simple baseline is better by {1}; prefer it.</source>
            <translation>{0}：简单的基线好 {1}，宜选用基线。</translation>
        </message>
    </context>
    <context>
        <name>ResidualsView</name>
        <message>
            <source>Predicted against true</source>
            <translation>预测值与真实值</translation>
        </message>
        <message>
            <source>Residuals</source>
            <translation>残差</translation>
        </message>
        <message>
            <source>predicted</source>
            <translation>预测</translation>
        </message>
        <message>
            <source>residual</source>
            <translation>残差</translation>
        </message>
        <message>
            <source>rows</source>
            <translation>行数</translation>
        </message>
        <message>
            <source>true</source>
            <translation>真实</translation>
        </message>
        <message>
            <source>truth minus prediction</source>
            <translation>真实值减预测值</translation>
        </message>
        <message>
            <source>truth minus prediction · mean {0}, half of them within {1}</source>
            <translation>真实值减预测值 · 均值 {0}，一半在 {1} 以内</translation>
        </message>
        <message>
            <source>{0} {1}</source>
            <translation>{0}。{1}</translation>
        </message>
    </context>
    <context>
        <name>RolloutMap</name>
        <message>
            <source>Attention through the layers. Arrow keys move the cursor, plus and minus zoom, Escape shows all.</source>
            <translation>逐层的注意力。方向键移动光标，加号和减号缩放，Esc 键显示全部。</translation>
        </message>
        <message>
            <source>input token</source>
            <translation>输入词元</translation>
        </message>
        <message>
            <source>position</source>
            <translation>位置</translation>
        </message>
    </context>
    <context>
        <name>RolloutView</name>
        <message>
            <source>After layer</source>
            <translation>到第几层之后</translation>
        </message>
        <message>
            <source>Attention flow: the most that could run from each input token to each position if weights were the widths of pipes. In each layer ½ goes straight on (the residual connection) and ½ by the mean of the heads; a path carries no more than its narrowest pipe. Values, feed-forward layers and norms are left out.</source>
            <translation>注意力流：把权重看作管道的宽度时，从每个输入词元最多能流到每个位置的量。每一层中 ½ 直接通过（残差连接），½ 按各头的平均流动；一条路径的流量不超过其最窄的管道。值、前馈层和归一化不计在内。</translation>
        </message>
        <message>
            <source>Attention rollout: how much of each input token would reach each position if attention only averaged. In each layer a position keeps a share of ½ (the residual connection) and takes ½ from the mean of the heads; layers are multiplied. Values, feed-forward layers and norms are left out.</source>
            <translation>注意力展开（rollout）：假如注意力只做平均，每个输入词元有多少会到达每个位置。在每一层，一个位置保留自身的 ½（残差连接），另外 ½ 取自各头的平均；各层相乘。值向量、前馈层和归一化都不计入。</translation>
        </message>
        <message>
            <source>Click a bar to see the rollout after that layer.</source>
            <translation>点击一根柱，查看该层之后的注意力展开。</translation>
        </message>
        <message>
            <source>Each number is a limit of its own: rows do not sum to 1, and tokens share pipes. Compare the tokens of a row by rank. A token that more positions can see is reached by more paths, whatever the heads do: in a decoder, the first ones.</source>
            <translation>每个数都是各自的上限：各行之和不为 1，词元共用管道。请按名次比较同一行的词元。能被更多位置看到的词元有更多路径可达，与各头的作用无关：在解码器中就是最前面的词元。</translation>
        </message>
        <message>
            <source>Flow</source>
            <translation>注意力流</translation>
        </message>
        <message>
            <source>Flows are being worked out: position {0} of {1}.</source>
            <translation>正在计算注意力流：第 {0} 个位置，共 {1} 个。</translation>
        </message>
        <message>
            <source>Flows are being worked out…</source>
            <translation>正在计算注意力流…</translation>
        </message>
        <message>
            <source>How attention is followed through the layers</source>
            <translation>逐层追踪注意力的方式</translation>
        </message>
        <message>
            <source>Largest mean share on one token, by layer; the outline is an even spread</source>
            <translation>各层中单个词元的最大平均占比；轮廓线表示均匀分布</translation>
        </message>
        <message>
            <source>Layer up to which attention is followed</source>
            <translation>追踪注意力到哪一层为止</translation>
        </message>
        <message>
            <source>Most lies on token {0} “{1}”: {2} on average over all positions; evenly spread it would be {3}.</source>
            <translation>占比最大的是词元 {0}“{1}”：对所有位置平均为 {2}；均匀分布时为 {3}。</translation>
        </message>
        <message>
            <source>Move over the cells to read a flow.</source>
            <translation>将指针移到格子上可读出流量。</translation>
        </message>
        <message>
            <source>Move over the cells to read a share. Each row sums to 1.</source>
            <translation>把鼠标移到格子上查看占比。每行之和为 1。</translation>
        </message>
        <message>
            <source>Rollout</source>
            <translation>展开</translation>
        </message>
        <message>
            <source>The flow was not worked out to its end.</source>
            <translation>注意力流没有计算完。</translation>
        </message>
        <message>
            <source>The rollout appears here when a text was looked at.</source>
            <translation>查看一段文本后，这里会显示注意力展开。</translation>
        </message>
        <message>
            <source>The rollout has collapsed: more than half lies on one token, so this picture tells more about depth than about the text. Look at an earlier layer.</source>
            <translation>注意力展开已经坍缩：超过一半集中在一个词元上，因此这张图反映的更多是层数，而不是文本。请查看更早的层。</translation>
        </message>
        <message>
            <source>Work out</source>
            <translation>计算</translation>
        </message>
        <message>
            <source>position {0} “{1}” · input token {2} “{3}”: {4}</source>
            <translation>位置 {0}“{1}” · 输入词元 {2}“{3}”：{4}</translation>
        </message>
        <message>
            <source>{0} of {1}</source>
            <translation>{0} / {1}</translation>
        </message>
    </context>
    <context>
        <name>RunWords</name>
        <message>
            <source>Baseline</source>
            <translation>基线</translation>
        </message>
        <message>
            <source>Best score</source>
            <translation>最佳得分</translation>
        </message>
        <message>
            <source>Branched from {0} at step {1}</source>
            <translation>在第 {1} 步由 {0} 分支而来</translation>
        </message>
        <message>
            <source>Data</source>
            <translation>数据</translation>
        </message>
        <message>
            <source>Made</source>
            <translation>创建时间</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>模型</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>名称</translation>
        </message>
        <message>
            <source>On disk</source>
            <translation>占用空间</translation>
        </message>
        <message>
            <source>State</source>
            <translation>状态</translation>
        </message>
        <message>
            <source>Steps</source>
            <translation>步数</translation>
        </message>
        <message>
            <source>Task</source>
            <translation>任务</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>用时</translation>
        </message>
        <message>
            <source>Training now: process {0} on {1}. A double click watches it.</source>
            <translation>正在训练：{1} 上的进程 {0}。双击可旁观。</translation>
        </message>
        <message>
            <source>classify texts</source>
            <translation>文本分类</translation>
        </message>
        <message>
            <source>cut off</source>
            <translation>已中断</translation>
        </message>
        <message>
            <source>damaged</source>
            <translation>已损坏</translation>
        </message>
        <message>
            <source>failed</source>
            <translation>失败</translation>
        </message>
        <message>
            <source>fill gaps</source>
            <translation>填空</translation>
        </message>
        <message>
            <source>finished</source>
            <translation>已完成</translation>
        </message>
        <message>
            <source>label words</source>
            <translation>词语标注</translation>
        </message>
        <message>
            <source>predict a number</source>
            <translation>预测一个数</translation>
        </message>
        <message>
            <source>stopped</source>
            <translation>已停止</translation>
        </message>
        <message>
            <source>text to text</source>
            <translation>文本到文本</translation>
        </message>
        <message>
            <source>training</source>
            <translation>训练中</translation>
        </message>
        <message>
            <source>write on</source>
            <translation>续写</translation>
        </message>
        <message>
            <source>{0} MB</source>
            <translation>{0} MB</translation>
        </message>
        <message>
            <source>{0} ↳ {1}</source>
            <translation>{0} ↳ {1}</translation>
        </message>
    </context>
    <context>
        <name>RunsDesk</name>
        <message>
            <source>Choose a second run with Ctrl and a click, then press “Films side by side”.</source>
            <translation>按住 Ctrl 点击选择第二个运行，然后按“影片并排”。</translation>
        </message>
        <message>
            <source>List the runs of</source>
            <translation>列出此文件夹中的运行</translation>
        </message>
        <message>
            <source>Moved to {0}</source>
            <translation>已移到 {0}</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>名称</translation>
        </message>
        <message>
            <source>Rename the run</source>
            <translation>重命名运行</translation>
        </message>
        <message>
            <source>Save the report</source>
            <translation>保存报告</translation>
        </message>
        <message>
            <source>Saved: {0}</source>
            <translation>已保存：{0}</translation>
        </message>
        <message>
            <source>Writing the report…</source>
            <translation>正在写报告…</translation>
        </message>
        <message>
            <source>{0} runs can be told apart by colour: the first {0} are compared.</source>
            <translation>颜色最多能区分 {0} 个运行：只比较前 {0} 个。</translation>
        </message>
    </context>
    <context>
        <name>RunsList</name>
        <message>
            <source>Add a folder…</source>
            <translation>添加文件夹…</translation>
        </message>
        <message>
            <source>Begin another run that shares this one's past up to its newest checkpoint</source>
            <translation>开始另一个运行，它与本运行共享到最新检查点为止的过去</translation>
        </message>
        <message>
            <source>Branch</source>
            <translation>分支</translation>
        </message>
        <message>
            <source>Choose two runs: their films stand side by side, and one scrubber moves both</source>
            <translation>选择两个运行：它们的影片并排显示，由同一条时间轴控制</translation>
        </message>
        <message>
            <source>Duplicate</source>
            <translation>复制</translation>
        </message>
        <message>
            <source>Export model…</source>
            <translation>导出模型…</translation>
        </message>
        <message>
            <source>Films side by side</source>
            <translation>影片并排</translation>
        </message>
        <message>
            <source>Go on where it ended</source>
            <translation>从结束处继续</translation>
        </message>
        <message>
            <source>List the runs of another folder, too; a folder can also be dropped here</source>
            <translation>同时列出另一个文件夹中的运行；也可以把文件夹拖到这里</translation>
        </message>
        <message>
            <source>Move to trash</source>
            <translation>移到回收站</translation>
        </message>
        <message>
            <source>No run has these words.</source>
            <translation>没有运行包含这些词。</translation>
        </message>
        <message>
            <source>No runs yet. Open a table on the Data page and press Train: each training is listed here. A run folder can also be dropped here.</source>
            <translation>还没有运行。请在“数据”页打开一张表，然后按“训练”：每次训练都会列在这里。也可以把运行文件夹拖到这里。</translation>
        </message>
        <message>
            <source>One HTML file: settings, scores, curves and heads; it needs no network</source>
            <translation>一个 HTML 文件：设置、得分、曲线和注意力头；无需网络</translation>
        </message>
        <message>
            <source>Open folder</source>
            <translation>打开文件夹</translation>
        </message>
        <message>
            <source>Rename…</source>
            <translation>重命名…</translation>
        </message>
        <message>
            <source>Report…</source>
            <translation>报告…</translation>
        </message>
        <message>
            <source>Resume</source>
            <translation>继续</translation>
        </message>
        <message>
            <source>Runs</source>
            <translation>运行</translation>
        </message>
        <message>
            <source>Search</source>
            <translation>搜索</translation>
        </message>
        <message>
            <source>Search runs</source>
            <translation>搜索运行</translation>
        </message>
        <message>
            <source>Set up a new run with the same settings</source>
            <translation>用相同的设置新建运行</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>显示</translation>
        </message>
        <message>
            <source>Show the run on the Train page; one that is being trained elsewhere is watched</source>
            <translation>在“训练”页显示此运行；若正在别处训练，则旁观</translation>
        </message>
        <message>
            <source>Take back from the trash</source>
            <translation>从回收站取回</translation>
        </message>
        <message>
            <source>{0} of {1}</source>
            <translation>{0} / {1}</translation>
        </message>
    </context>
    <context>
        <name>Said</name>
        <message>
            <source>(it would need a program of its own, which is never run)</source>
            <translation>（它需要自带的程序，而这样的程序从不运行）</translation>
        </message>
        <message>
            <source>(looked at the head and sixteen places of a large file)</source>
            <translation>（只看了这个大文件的开头和十六处）</translation>
        </message>
        <message>
            <source>, </source>
            <translation>、</translation>
        </message>
        <message>
            <source>--pair-column</source>
            <translation>--pair-column</translation>
        </message>
        <message>
            <source>-DOCSTART- line</source>
            <translation>-DOCSTART- 行</translation>
        </message>
        <message>
            <source>1 cell can only be read in the other way</source>
            <translation>有 1 个单元格只能按另一种方式读</translation>
        </message>
        <message>
            <source>1 label differs {0}: {1}</source>
            <translation>1 个标签{0}：{1}</translation>
        </message>
        <message>
            <source>1 name begins with an I- tag and {0} with a B- tag, as in IOB1</source>
            <translation>1 个名称以 I- 标记开头，{0} 个以 B- 标记开头，属于 IOB1</translation>
        </message>
        <message>
            <source>1 row can be used, it is {0}: {1}</source>
            <translation>只有 1 行可用，属于 {0}：{1}</translation>
        </message>
        <message>
            <source>1 target of {0} stands with several texts</source>
            <translation>{0} 中有 1 个目标对应多个文本</translation>
        </message>
        <message>
            <source>1 text is changed.</source>
            <translation>改变了 1 个文本。</translation>
        </message>
        <message>
            <source>1 text of these rows also stands among the {0} rows of {1}, but for case or punctuation</source>
            <translation>这些行中有 1 个文本（不计大小写和标点）也出现在 {1} 的 {0} 行中</translation>
        </message>
        <message>
            <source>1 text stands with several targets; {0} with {1} and with {2}</source>
            <translation>1 个文本对应多个目标；{0} 既对应 {1}，又对应 {2}</translation>
        </message>
        <message>
            <source>1 whole number stands again and again over {0} rows, as codes of classes do</source>
            <translation>1 个整数在 {0} 行中反复出现，像是类别的代码</translation>
        </message>
        <message>
            <source>8-bit weights cost too much: {0} {1} became {2}, a probability moved by up to {3}</source>
            <translation>8 位权重代价过大：{0} 由 {1} 变为 {2}，概率最多变动 {3}</translation>
        </message>
        <message>
            <source>: {0} in the file, {1} by config.json</source>
            <translation>：文件中是 {0}，按 config.json 应为 {1}</translation>
        </message>
        <message>
            <source>; </source>
            <translation>；</translation>
        </message>
        <message>
            <source>A classifier needs at least two different ones.</source>
            <translation>分类器至少需要两个不同的类别。</translation>
        </message>
        <message>
            <source>A head that is switched off in {0} still acts or changes the others: heads are mixed before they are projected.</source>
            <translation>在 {0} 中关闭的注意力头仍有作用，或会改变其他头：各个头在投影之前已经混合。</translation>
        </message>
        <message>
            <source>A language model has no answer for a row of its own, so there is nothing to compare.</source>
            <translation>语言模型不对单独一行给出答案，因此没有可比较的内容。</translation>
        </message>
        <message>
            <source>A rare label that differs in one letter from a common one becomes the common one.</source>
            <translation>与常见标签只差一个字母的罕见标签，改为那个常见标签。</translation>
        </message>
        <message>
            <source>A row of a rare class counts for more in the loss; all rows are read as often as before.</source>
            <translation>罕见类别的行在损失中权重更大；每一行被读取的次数不变。</translation>
        </message>
        <message>
            <source>A's decoder self-attention stands beside B's encoder self-attention.</source>
            <translation>A 的解码器自注意力与 B 的编码器自注意力并排显示。</translation>
        </message>
        <message>
            <source>A's encoder self-attention stands beside B's decoder self-attention.</source>
            <translation>A 的编码器自注意力与 B 的解码器自注意力并排显示。</translation>
        </message>
        <message>
            <source>Add one of {0} to its vocabulary.</source>
            <translation>在它的词表中加入 {0} 之一。</translation>
        </message>
        <message>
            <source>Add rows of these classes to the file: too few of them can be learned or scored.</source>
            <translation>请在文件中为这些类别补充行：行数太少，既学不好，也无法评分。</translation>
        </message>
        <message>
            <source>Add rows.</source>
            <translation>增加行数。</translation>
        </message>
        <message>
            <source>Add rows. Check that the target column holds classes and not a different value in every row.</source>
            <translation>增加行数。请检查目标列存放的是类别，而不是每行都不同的值。</translation>
        </message>
        <message>
            <source>Agree on the model's page, sign in with `hf auth login`, and try again.</source>
            <translation>请在模型页面上同意条款，用 `hf auth login` 登录，然后重试。</translation>
        </message>
        <message>
            <source>All attention is seen and can be changed: layers {0}.</source>
            <translation>所有注意力都可以看到，也都可以改变：{0} 层。</translation>
        </message>
        <message>
            <source>All rows whose text stands under several labels are left out.</source>
            <translation>文本带有多个不同标签的行全部排除。</translation>
        </message>
        <message>
            <source>Always passes over these lines.</source>
            <translation>始终跳过这些行。</translation>
        </message>
        <message>
            <source>Always reads the file as {0}, without guessing.</source>
            <translation>始终按 {0} 读取文件，不再猜测。</translation>
        </message>
        <message>
            <source>Always takes the first line as a row of the table.</source>
            <translation>始终把第一行当作表格的数据行。</translation>
        </message>
        <message>
            <source>Arabic</source>
            <translation>阿拉伯语</translation>
        </message>
        <message>
            <source>Ask for weights or scores.</source>
            <translation>请改为记录 weights 或 scores。</translation>
        </message>
        <message>
            <source>Ask for what=('weights',).</source>
            <translation>请用 what=('weights',) 记录。</translation>
        </message>
        <message>
            <source>Ask whether it is known when the model is used.</source>
            <translation>请确认使用模型时是否已经知道这一列。</translation>
        </message>
        <message>
            <source>Attach a new one: Lens(model).</source>
            <translation>重新附加一个：Lens(model)。</translation>
        </message>
        <message>
            <source>Attention cannot be seen: {0}</source>
            <translation>看不到注意力：{0}</translation>
        </message>
        <message>
            <source>Attention in {0} is not seen, or not all of it: it is written out in a way of its own.</source>
            <translation>{0} 中的注意力看不到，或只能看到一部分：它以自己的方式计算。</translation>
        </message>
        <message>
            <source>Attention layers seen: {0}.</source>
            <translation>看到的注意力层：{0}。</translation>
        </message>
        <message>
            <source>B has no cross attention</source>
            <translation>B 没有交叉注意力</translation>
        </message>
        <message>
            <source>B has no decoder attention</source>
            <translation>B 没有解码器自注意力</translation>
        </message>
        <message>
            <source>B has no encoder attention</source>
            <translation>B 没有编码器自注意力</translation>
        </message>
        <message>
            <source>CPU threads; one fewer than there are cores when empty</source>
            <translation>CPU 线程数；留空时比核心数少一</translation>
        </message>
        <message>
            <source>Change the named fields to allowed values.</source>
            <translation>把列出的各项改成允许的值。</translation>
        </message>
        <message>
            <source>Check its encoding and that it is whole.</source>
            <translation>检查它的编码，以及文件是否完整。</translation>
        </message>
        <message>
            <source>Check that it is whole and readable.</source>
            <translation>检查文件是否完整、可读。</translation>
        </message>
        <message>
            <source>Check that {0} is the text and {1} the target of {2}.</source>
            <translation>检查 {0} 是否是文本列，{1} 是否是 {2} 的目标列。</translation>
        </message>
        <message>
            <source>Check that {0} is the text.</source>
            <translation>检查 {0} 是否是文本列。</translation>
        </message>
        <message>
            <source>Check the path and its spelling.</source>
            <translation>检查路径和拼写。</translation>
        </message>
        <message>
            <source>Check the spelling, or give a folder.</source>
            <translation>请检查拼写，或给出一个文件夹。</translation>
        </message>
        <message>
            <source>Chinese</source>
            <translation>中文</translation>
        </message>
        <message>
            <source>Choose a PNG, JPEG, GIF, BMP, TIFF or WebP file.</source>
            <translation>请选择 PNG、JPEG、GIF、BMP、TIFF 或 WebP 文件。</translation>
        </message>
        <message>
            <source>Choose a file that exists.</source>
            <translation>请选择存在的文件。</translation>
        </message>
        <message>
            <source>Choose a head that is there.</source>
            <translation>请选择一个存在的头。</translation>
        </message>
        <message>
            <source>Choose a layer that is there.</source>
            <translation>请选择存在的层。</translation>
        </message>
        <message>
            <source>Choose a model with model.safetensors; nothing was fetched.</source>
            <translation>请选择带有 model.safetensors 的模型；没有下载任何内容。</translation>
        </message>
        <message>
            <source>Choose a new or an empty folder.</source>
            <translation>请选择新的或空的文件夹。</translation>
        </message>
        <message>
            <source>Choose a picture first.</source>
            <translation>请先选择一张图片。</translation>
        </message>
        <message>
            <source>Choose a step from 0 to {0}.</source>
            <translation>请选择 0 到 {0} 之间的一步。</translation>
        </message>
        <message>
            <source>Choose a tokenizer of a masked language model, or train one: bpe, wordpiece, word, character.</source>
            <translation>选用掩码语言模型的分词器，或者训练一个：bpe、wordpiece、word、character。</translation>
        </message>
        <message>
            <source>Choose an earlier step.</source>
            <translation>请选择更早的一步。</translation>
        </message>
        <message>
            <source>Choose an edit of this run.</source>
            <translation>请选择此次运行中的一项修改。</translation>
        </message>
        <message>
            <source>Choose another column for one of them. There are: {0}.</source>
            <translation>请为其中一段文本另选一列。现有的列：{0}。</translation>
        </message>
        <message>
            <source>Choose another column.</source>
            <translation>请选择另一列。</translation>
        </message>
        <message>
            <source>Choose another file.</source>
            <translation>请选择其他文件。</translation>
        </message>
        <message>
            <source>Choose another folder or another name.</source>
            <translation>选择另一个文件夹或另一个名字。</translation>
        </message>
        <message>
            <source>Choose another folder with --out, or go on with `resume`.</source>
            <translation>用 --out 指定另一个文件夹，或用 `resume` 继续。</translation>
        </message>
        <message>
            <source>Choose another folder with --out.</source>
            <translation>用 --out 指定另一个文件夹。</translation>
        </message>
        <message>
            <source>Choose another kind of attention.</source>
            <translation>请选择另一种注意力。</translation>
        </message>
        <message>
            <source>Choose another model.</source>
            <translation>请选择其他模型。</translation>
        </message>
        <message>
            <source>Choose another moment of this run.</source>
            <translation>请选择本次运行的另一时刻。</translation>
        </message>
        <message>
            <source>Choose another moment.</source>
            <translation>请选择另一个时刻。</translation>
        </message>
        <message>
            <source>Choose another name for the predictions.</source>
            <translation>请为预测结果另取一个名字。</translation>
        </message>
        <message>
            <source>Choose another name, or allow it with --overwrite.</source>
            <translation>换一个名字，或用 --overwrite 允许覆盖。</translation>
        </message>
        <message>
            <source>Choose another place.</source>
            <translation>选择别的位置。</translation>
        </message>
        <message>
            <source>Choose another run.</source>
            <translation>请选择另一个运行。</translation>
        </message>
        <message>
            <source>Choose another view.</source>
            <translation>请选择其他视图。</translation>
        </message>
        <message>
            <source>Choose layers of one shape, or read the records one by one.</source>
            <translation>选择形状相同的层，或逐条读取记录。</translation>
        </message>
        <message>
            <source>Choose one layer and one head, take a shorter text, or write .html, which keeps every head small.</source>
            <translation>请只选一层和一个头，换短一些的文本，或写成 .html（它保存每个头的小图）。</translation>
        </message>
        <message>
            <source>Choose one of the steps it has made.</source>
            <translation>请选择它已经走过的步。</translation>
        </message>
        <message>
            <source>Choose one of {0}.</source>
            <translation>选择 {0} 之一。</translation>
        </message>
        <message>
            <source>Choose one of: {0}.</source>
            <translation>请从以下选项中选择：{0}。</translation>
        </message>
        <message>
            <source>Choose other kinds or layers; if there are none, this model's attention cannot be seen.</source>
            <translation>选择别的类型或层；如果一个都没有，就无法看到这个模型的注意力。</translation>
        </message>
        <message>
            <source>Choose the column of the second text (--pair-column). There are: {0}.</source>
            <translation>请选择第二段文本所在的列（--pair-column）。现有的列：{0}。</translation>
        </message>
        <message>
            <source>Choose the column to read (--text-column).</source>
            <translation>请选择要读的列（--text-column）。</translation>
        </message>
        <message>
            <source>Choose the column to read (--text-column). There are: {0}.</source>
            <translation>请选择要读的列（--text-column）。现有的列：{0}。</translation>
        </message>
        <message>
            <source>Choose {0}, or give the folder's path.</source>
            <translation>选择 {0}，或给出文件夹的路径。</translation>
        </message>
        <message>
            <source>Classes with fewer than five rows become one class, called other.</source>
            <translation>少于五行的类别合并为一个名为 other 的类别。</translation>
        </message>
        <message>
            <source>Clear the second text, or choose another kind of attention.</source>
            <translation>请清空第二段文本，或选择另一种注意力。</translation>
        </message>
        <message>
            <source>Close the lens after the backward pass.</source>
            <translation>在反向传播之后再关闭 lens。</translation>
        </message>
        <message>
            <source>Close what uses it.</source>
            <translation>请关闭正在使用它的程序。</translation>
        </message>
        <message>
            <source>Compare models that read the same text.</source>
            <translation>请比较读取同一段文本的模型。</translation>
        </message>
        <message>
            <source>Compare runs on the same table with the same data.split_seed and shares.</source>
            <translation>请比较用同一张表、同样的 data.split_seed 和同样比例划分的运行。</translation>
        </message>
        <message>
            <source>Compare texts of at most {0} tokens.</source>
            <translation>请比较不超过 {0} 个词元的文本。</translation>
        </message>
        <message>
            <source>Compare the text as it is written.</source>
            <translation>请按原文的顺序比较。</translation>
        </message>
        <message>
            <source>Convert them to model.safetensors where they come from.</source>
            <translation>在它们的来源处转换成 model.safetensors。</translation>
        </message>
        <message>
            <source>Copies of a text that differ are kept; some of them may be in training and in validation.</source>
            <translation>略有差异的重复文本会保留；它们可能同时出现在训练集和验证集中。</translation>
        </message>
        <message>
            <source>Copy the folder again from where it comes.</source>
            <translation>请从来源处重新复制该文件夹。</translation>
        </message>
        <message>
            <source>Copy the folder again from where it comes. If you changed it yourself, delete checksums.json beside it.</source>
            <translation>请从来源处重新复制该文件夹。如果是您自己修改的，请删除旁边的 checksums.json。</translation>
        </message>
        <message>
            <source>Copy the folder again from where it was trained, or train again.</source>
            <translation>从训练所在的位置重新复制这个文件夹，或重新训练。</translation>
        </message>
        <message>
            <source>Copy the folder again from where it was trained.</source>
            <translation>请从训练它的地方重新复制这个文件夹。</translation>
        </message>
        <message>
            <source>Correct the cell or leave the row out, or train on a table that has this class.</source>
            <translation>改正这个单元格，或去掉这一行，或用含有这个类别的表训练。</translation>
        </message>
        <message>
            <source>Correct them.</source>
            <translation>请改正这些数字。</translation>
        </message>
        <message>
            <source>Croatian</source>
            <translation>克罗地亚语</translation>
        </message>
        <message>
            <source>Cut the text, or train with a larger max_length or with positions that need no table.</source>
            <translation>截短文本，或用更大的 max_length 训练，或改用不需要表的位置编码。</translation>
        </message>
        <message>
            <source>Cuts the lines at {0} instead.</source>
            <translation>改为在 {0} 处切分各行。</translation>
        </message>
        <message>
            <source>Cuts the lines at {0} into two columns.</source>
            <translation>在 {0} 处把各行切成两列。</translation>
        </message>
        <message>
            <source>Czech</source>
            <translation>捷克语</translation>
        </message>
        <message>
            <source>Danish, Norwegian or Swedish</source>
            <translation>丹麦语、挪威语或瑞典语</translation>
        </message>
        <message>
            <source>Delete it; an earlier one is used instead.</source>
            <translation>把它删掉；会改用更早的一个。</translation>
        </message>
        <message>
            <source>Did you mean {0}?</source>
            <translation>是不是想写 {0}？</translation>
        </message>
        <message>
            <source>Download the file itself: often there is a link called Raw or Download, and sometimes a login before it.</source>
            <translation>请下载文件本身：页面上通常有 Raw 或 Download 链接，有时需要先登录。</translation>
        </message>
        <message>
            <source>Each combination is a class of its own.</source>
            <translation>每种组合各自作为一个类别。</translation>
        </message>
        <message>
            <source>Each row may have several labels: the model answers yes or no for each.</source>
            <translation>每一行可以有多个标签：模型对每个标签回答是或否。</translation>
        </message>
        <message>
            <source>English</source>
            <translation>英语</translation>
        </message>
        <message>
            <source>Export it as a Hugging Face folder, which holds every architecture.</source>
            <translation>请导出为 Hugging Face 文件夹，它可容纳任何架构。</translation>
        </message>
        <message>
            <source>Fetch it with `git lfs pull`, or download the file from the page of the repository.</source>
            <translation>请用 `git lfs pull` 取回，或从仓库页面下载该文件。</translation>
        </message>
        <message>
            <source>Fill it, name another sheet or skip fewer lines.</source>
            <translation>填入内容，或指定另一张工作表，或少跳过几行。</translation>
        </message>
        <message>
            <source>Finish it with `resume`.</source>
            <translation>用 `resume` 把它训练完。</translation>
        </message>
        <message>
            <source>Free some room on the disk, or split cells of many megabytes.</source>
            <translation>腾出一些磁盘空间，或把几兆字节的单元格拆开。</translation>
        </message>
        <message>
            <source>Free some space there, or choose another folder.</source>
            <translation>在那里腾出一些空间，或选择另一个文件夹。</translation>
        </message>
        <message>
            <source>French</source>
            <translation>法语</translation>
        </message>
        <message>
            <source>German</source>
            <translation>德语</translation>
        </message>
        <message>
            <source>Get the file anew, saved as UTF-8, where the texts come from.</source>
            <translation>请从文本的来源处重新获取以 UTF-8 保存的文件。</translation>
        </message>
        <message>
            <source>Give (height, width, 3) bytes.</source>
            <translation>请给出形状为（高、宽、3）的字节数组。</translation>
        </message>
        <message>
            <source>Give (query, key), (chosen heads, query, key) or (batch, chosen heads, query, key).</source>
            <translation>给出 (query, key)、(所选的头，query，key) 或 (batch，所选的头，query，key)。</translation>
        </message>
        <message>
            <source>Give a batch for the self-test.</source>
            <translation>给出一个用于自检的批次。</translation>
        </message>
        <message>
            <source>Give a column that holds one tag per word.</source>
            <translation>给出每个词对应一个标签的列。</translation>
        </message>
        <message>
            <source>Give a file with rows in it.</source>
            <translation>给出一个有数据行的文件。</translation>
        </message>
        <message>
            <source>Give a file, or a folder with tables in it.</source>
            <translation>请给出一个文件，或包含表格的文件夹。</translation>
        </message>
        <message>
            <source>Give a folder that `train` made.</source>
            <translation>给出由 `train` 生成的文件夹。</translation>
        </message>
        <message>
            <source>Give a folder that holds a tokenizer.json (a fast tokenizer), or train one: word, character, bpe, wordpiece.</source>
            <translation>给出含有 tokenizer.json（快速分词器）的文件夹，或者训练一个：word、character、bpe、wordpiece。</translation>
        </message>
        <message>
            <source>Give a folder with a saved model.</source>
            <translation>给出保存了模型的文件夹。</translation>
        </message>
        <message>
            <source>Give a folder, or a name such as owner/model.</source>
            <translation>请给出文件夹，或 owner/model 这样的名称。</translation>
        </message>
        <message>
            <source>Give a model that returns tensors.</source>
            <translation>给出一个返回张量的模型。</translation>
        </message>
        <message>
            <source>Give a table with both.</source>
            <translation>请提供同时含有这两列的表格。</translation>
        </message>
        <message>
            <source>Give a table with rows in it.</source>
            <translation>给出一张有数据行的表。</translation>
        </message>
        <message>
            <source>Give a text of at most {0} tokens.</source>
            <translation>请给不超过 {0} 个词元的文本。</translation>
        </message>
        <message>
            <source>Give a text of at most {0} tokens: twice as many take more than sixteen times as long.</source>
            <translation>请给出不超过 {0} 个词元的文本：长度加倍，耗时超过十六倍。</translation>
        </message>
        <message>
            <source>Give a text with at least one word.</source>
            <translation>给出至少含有一个词的文本。</translation>
        </message>
        <message>
            <source>Give a workbook with rows in it.</source>
            <translation>给出一个有数据行的工作簿。</translation>
        </message>
        <message>
            <source>Give all layers of an encoder's or a decoder's self-attention, with every query.</source>
            <translation>请给出编码器或解码器自注意力的所有层，并包含每个查询。</translation>
        </message>
        <message>
            <source>Give every column a name of its own in the file; it can also be used as it is.</source>
            <translation>请在文件中给每一列取不同的名称；也可以照现在的样子使用。</translation>
        </message>
        <message>
            <source>Give one of the files in it.</source>
            <translation>给出其中的一个文件。</translation>
        </message>
        <message>
            <source>Give one of them.</source>
            <translation>请给出其中之一。</translation>
        </message>
        <message>
            <source>Give one text by itself, without padding.</source>
            <translation>单独给出一段文本，不要填充。</translation>
        </message>
        <message>
            <source>Give one token for each position.</source>
            <translation>每个位置给出一个词元。</translation>
        </message>
        <message>
            <source>Give one unit for each token.</source>
            <translation>每个词元请给一个单位。</translation>
        </message>
        <message>
            <source>Give the path of a table.</source>
            <translation>给出表的路径。</translation>
        </message>
        <message>
            <source>Give the path of an experiment.toml.</source>
            <translation>给出 experiment.toml 的路径。</translation>
        </message>
        <message>
            <source>Give the second text too, or write it after the first one and {0}.</source>
            <translation>请同时给出第二段文本，或把它写在第一段文本和 {0} 之后。</translation>
        </message>
        <message>
            <source>Give two different characters, neither of them a line end.</source>
            <translation>给出两个不同的字符，且都不是换行符。</translation>
        </message>
        <message>
            <source>Go on with the run: `resume` writes it again from its checkpoints.</source>
            <translation>请继续这次训练：`resume` 会从检查点重新写出它。</translation>
        </message>
        <message>
            <source>Go online and try again, or give a folder.</source>
            <translation>请联网后重试，或给出一个文件夹。</translation>
        </message>
        <message>
            <source>Going on from {0}.</source>
            <translation>从 {0} 继续。</translation>
        </message>
        <message>
            <source>Greek</source>
            <translation>希腊语</translation>
        </message>
        <message>
            <source>Halve batch_size ({0}) and double accumulation, or shorten max_length.</source>
            <translation>把 batch_size（{0}）减半并把 accumulation 加倍，或缩短 max_length。</translation>
        </message>
        <message>
            <source>Halve batch_size ({0}) and double accumulation, shorten max_length, or make the model smaller.</source>
            <translation>把 batch_size（{0}）减半并把 accumulation 加倍，或缩短 max_length，或把模型改小。</translation>
        </message>
        <message>
            <source>Heads are 0 to {0}.</source>
            <translation>头的编号是 0 到 {0}。</translation>
        </message>
        <message>
            <source>Heads can be scored only where the lens sees their weights; look at its self-test.</source>
            <translation>只有透镜看得到权重的头才能评分；请看它的自检结果。</translation>
        </message>
        <message>
            <source>Hebrew</source>
            <translation>希伯来语</translation>
        </message>
        <message>
            <source>Hungarian</source>
            <translation>匈牙利语</translation>
        </message>
        <message>
            <source>Install it with `pip install wandb`, or leave the setting empty.</source>
            <translation>请用 `pip install wandb` 安装，或将此设置留空。</translation>
        </message>
        <message>
            <source>Interventions are not possible: {0}</source>
            <translation>无法干预：{0}</translation>
        </message>
        <message>
            <source>Interventions cannot be trusted: one that should change nothing does.</source>
            <translation>干预不可信：一个本不该改变任何东西的干预改变了结果。</translation>
        </message>
        <message>
            <source>Italian</source>
            <translation>意大利语</translation>
        </message>
        <message>
            <source>Japanese</source>
            <translation>日语</translation>
        </message>
        <message>
            <source>Join them into at most {0}.</source>
            <translation>请将它们合并为最多 {0} 个。</translation>
        </message>
        <message>
            <source>Korean</source>
            <translation>韩语</translation>
        </message>
        <message>
            <source>Labels that differ only in upper case, spaces, hyphens or full-width signs become the commonest of them.</source>
            <translation>只在大小写、空格、连字符或全角符号上不同的标签，统一为其中最常见的写法。</translation>
        </message>
        <message>
            <source>Layers are {0} to {1}, heads 0 to {2}.</source>
            <translation>层为 {0} 到 {1}，头为 0 到 {2}。</translation>
        </message>
        <message>
            <source>Learns to predict {0} from the rows that have a number there; the others are left out and listed.</source>
            <translation>用 {0} 中有数字的行学习预测它；其余的行排除并列出。</translation>
        </message>
        <message>
            <source>Leave it on.</source>
            <translation>让它保持开启。</translation>
        </message>
        <message>
            <source>Leave it out of data.mends.</source>
            <translation>请从 data.mends 中去掉它。</translation>
        </message>
        <message>
            <source>Leave it out, or write csv or tsv.</source>
            <translation>请不要加它，或改写成 csv 或 tsv。</translation>
        </message>
        <message>
            <source>Leave it out: every token of a text is drawn.</source>
            <translation>请去掉它：文本的每个词元都会画出。</translation>
        </message>
        <message>
            <source>Leave model.freeze_below and model.lora_rank out: all weights are tuned then.</source>
            <translation>请不要设置 model.freeze_below 和 model.lora_rank：这样会微调全部权重。</translation>
        </message>
        <message>
            <source>Leave only files with the same columns in the folder, or give one of them.</source>
            <translation>文件夹中只保留列相同的文件，或给出其中一个文件。</translation>
        </message>
        <message>
            <source>Leave out data.test or set data.test_share to 0.</source>
            <translation>去掉 data.test，或把 data.test_share 设为 0。</translation>
        </message>
        <message>
            <source>Leave out data.{0}.</source>
            <translation>去掉 data.{0}。</translation>
        </message>
        <message>
            <source>Leave the encoding to be found: it looks like {0}, for {1}.</source>
            <translation>编码留给程序判断即可：看起来是 {0}，依据是：{1}。</translation>
        </message>
        <message>
            <source>Leave the positional score out for pictures.</source>
            <translation>对图片请不要计算位置得分。</translation>
        </message>
        <message>
            <source>Leave the second column out.</source>
            <translation>不要指定第二列。</translation>
        </message>
        <message>
            <source>Leave the second text out.</source>
            <translation>请去掉第二段文本。</translation>
        </message>
        <message>
            <source>Line breaks and runs of white space become one space, and characters that cannot be seen are taken out, also when predicting.</source>
            <translation>换行和连续空白变为一个空格，不可见字符被去掉；预测时同样处理。</translation>
        </message>
        <message>
            <source>LoRA takes about ten times the step of full tuning, which is {0} here</source>
            <translation>LoRA 的学习率约为全量微调的十倍，全量微调在这里是 {0}</translation>
        </message>
        <message>
            <source>Load the model with attn_implementation='sdpa'.</source>
            <translation>用 attn_implementation='sdpa' 载入模型。</translation>
        </message>
        <message>
            <source>Log in with `wandb login`, set WANDB_MODE=offline, or leave the setting empty.</source>
            <translation>用 `wandb login` 登录，或设置 WANDB_MODE=offline，或将此设置留空。</translation>
        </message>
        <message>
            <source>Look at a text first.</source>
            <translation>请先观察一段文本。</translation>
        </message>
        <message>
            <source>Look at gradients of one layer at a time.</source>
            <translation>请一次只看一层的梯度。</translation>
        </message>
        <message>
            <source>Look at one layer at a time.</source>
            <translation>请一次只看一层。</translation>
        </message>
        <message>
            <source>Look at q, k, v or the output instead, or load the model with attn_implementation='eager'.</source>
            <translation>改看 q、k、v 或输出，或用 attn_implementation='eager' 载入模型。</translation>
        </message>
        <message>
            <source>Look at q, k, v or the output instead.</source>
            <translation>改看 q、k、v 或输出。</translation>
        </message>
        <message>
            <source>Look at the weights as they are.</source>
            <translation>请查看未加权的注意力权重。</translation>
        </message>
        <message>
            <source>Looking changes what the model computes, so what is seen is not what it does.</source>
            <translation>一旦观察，模型的计算结果就变了，所以看到的并不是它实际所做的。</translation>
        </message>
        <message>
            <source>Lower learning_rate, or switch clip, scale or residual on; the last checkpoint is kept.</source>
            <translation>调低 learning_rate，或打开 clip、scale 或 residual；最后一个检查点已保留。</translation>
        </message>
        <message>
            <source>MPS backend out of memory</source>
            <translation>MPS 后端内存不足</translation>
        </message>
        <message>
            <source>Make it first, or choose another place.</source>
            <translation>请先创建它，或换个位置。</translation>
        </message>
        <message>
            <source>Make it smaller: at most {0} million pixels.</source>
            <translation>请将其缩小：最多 {0} 百万像素。</translation>
        </message>
        <message>
            <source>Make room on the disk, or choose another folder.</source>
            <translation>腾出磁盘空间，或选择另一个文件夹。</translation>
        </message>
        <message>
            <source>Make room on the disk, or choose another one.</source>
            <translation>腾出磁盘空间，或选择另一个磁盘。</translation>
        </message>
        <message>
            <source>Make room on the disk, then resume.</source>
            <translation>腾出磁盘空间，然后继续训练。</translation>
        </message>
        <message>
            <source>Make room on the disk, then resume: the run goes on from its last checkpoint, to the same weights.</source>
            <translation>请在磁盘上腾出空间，然后继续：训练会从最近的检查点接着进行，得到完全相同的权重。</translation>
        </message>
        <message>
            <source>Make room on the disk.</source>
            <translation>请腾出磁盘空间。</translation>
        </message>
        <message>
            <source>Make room, or choose another place; the same again goes on from what is done already.</source>
            <translation>请腾出空间，或另选位置；再执行一次会从已完成的部分接着做。</translation>
        </message>
        <message>
            <source>Make room, or set HF_HOME elsewhere.</source>
            <translation>请腾出空间，或把 HF_HOME 设到别处。</translation>
        </message>
        <message>
            <source>Make the folder, or choose another.</source>
            <translation>先建立这个文件夹，或选择另一个。</translation>
        </message>
        <message>
            <source>Make the window smaller.</source>
            <translation>把窗口缩小。</translation>
        </message>
        <message>
            <source>Memory ran out: from step {0} on, batches are computed {1} examples at a time and their gradients are summed ({2} parts for a batch). The steps stay the same, only slower.</source>
            <translation>内存不足：从第 {0} 步起，每批改为一次计算 {1} 个样本并把梯度相加（一批分为 {2} 份）。训练步不变，只是慢一些。</translation>
        </message>
        <message>
            <source>Mend the file first.</source>
            <translation>请先修复该文件。</translation>
        </message>
        <message>
            <source>Mend the named line.</source>
            <translation>改正指出的那一行。</translation>
        </message>
        <message>
            <source>Mend the named place.</source>
            <translation>改正指出的位置。</translation>
        </message>
        <message>
            <source>Mend the row that is left out, which is listed, or add rows.</source>
            <translation>请修复被略去的那一行（已列出），或增加行。</translation>
        </message>
        <message>
            <source>Mend the words in the file, with their tags.</source>
            <translation>请在文件中连同标记一起修正这些词。</translation>
        </message>
        <message>
            <source>Mend the {0} rows that are left out, which are listed, or add rows.</source>
            <translation>修正被略去的 {0} 行（已逐行列出），或者增加行数。</translation>
        </message>
        <message>
            <source>Mend these lines in the file; until then they are left out and listed.</source>
            <translation>请在文件中修正这些行；在此之前它们会被排除并列出。</translation>
        </message>
        <message>
            <source>Mend these lines, or change what separates and encloses the cells, or how many lines are skipped.</source>
            <translation>修正这些行，或者更改分隔符、引号或跳过的行数。</translation>
        </message>
        <message>
            <source>Merge it into its model (peft: merge_and_unload), save that, and open it.</source>
            <translation>请把它合并进原模型（peft：merge_and_unload），保存后再打开。</translation>
        </message>
        <message>
            <source>Most often memory ran out: lower batch_size or max_length. The run is kept up to its last checkpoint.</source>
            <translation>最常见的原因是内存用尽：请减小 batch_size 或 max_length。运行已保留到最后一个检查点。</translation>
        </message>
        <message>
            <source>Move the folder by hand.</source>
            <translation>请手动移动该文件夹。</translation>
        </message>
        <message>
            <source>Name a file that ends in .gif or .html, or a folder for pictures.</source>
            <translation>请指定以 .gif 或 .html 结尾的文件，或一个存放图片的文件夹。</translation>
        </message>
        <message>
            <source>Name a file.</source>
            <translation>请给出一个文件名。</translation>
        </message>
        <message>
            <source>Name a folder that is not there yet.</source>
            <translation>请指定一个尚不存在的文件夹。</translation>
        </message>
        <message>
            <source>Name a position where the model answers at each, and none where it answers once.</source>
            <translation>模型在每个位置都作答时请指明位置；只作答一次时请不要指明。</translation>
        </message>
        <message>
            <source>Name a table to learn from.</source>
            <translation>指定一张用来学习的表。</translation>
        </message>
        <message>
            <source>Name another column with data.text or data.target, or fill the empty cells.</source>
            <translation>用 data.text 或 data.target 指定另一列，或者填上空的单元格。</translation>
        </message>
        <message>
            <source>Name one such as utf-8, gb18030, big5 or windows-1252.</source>
            <translation>指定一种编码，例如 utf-8、gb18030、big5 或 windows-1252。</translation>
        </message>
        <message>
            <source>Name the column of labels.</source>
            <translation>请指定标签所在的列。</translation>
        </message>
        <message>
            <source>Name the column that tells the classes apart with data.target, or choose another task.</source>
            <translation>用 data.target 指定区分类别的列，或选择别的任务。</translation>
        </message>
        <message>
            <source>Name two different columns.</source>
            <translation>指定两个不同的列。</translation>
        </message>
        <message>
            <source>No attention was seen: this model computes it in a way that cannot be watched.</source>
            <translation>没有看到注意力：这个模型的计算方式无法观察。</translation>
        </message>
        <message>
            <source>Nothing is changed: the model leans to the common classes; look at macro-F1, not accuracy.</source>
            <translation>不作改变：模型会偏向常见类别；请看宏平均 F1，而不是准确率。</translation>
        </message>
        <message>
            <source>Nothing needs to be done here; other programs may see one long line.</source>
            <translation>这里无需处理；其他程序可能会把它看成一整行。</translation>
        </message>
        <message>
            <source>Nothing needs to be done: rows are drawn by chance for each part, and read in another order in each pass. Never split such a file by hand at a line.</source>
            <translation>无需处理：各部分的行是随机抽取的，每一轮的读取顺序也不同。切勿手工按行号拆分这样的文件。</translation>
        </message>
        <message>
            <source>Nothing was kept. Export a Hugging Face folder, which is exact.</source>
            <translation>未保留任何内容。请导出 Hugging Face 文件夹，它是精确的。</translation>
        </message>
        <message>
            <source>Nothing was kept. Export without int8, or allow a drop above {0}.</source>
            <translation>未保留任何内容。请不用 int8 导出，或允许大于 {0} 的下降。</translation>
        </message>
        <message>
            <source>Nothing was kept. Please report this: it is a defect.</source>
            <translation>未保留任何内容。这是一个缺陷，请报告。</translation>
        </message>
        <message>
            <source>Nothing was to be changed.</source>
            <translation>没有需要改变的内容。</translation>
        </message>
        <message>
            <source>Of rows whose texts differ in a letter or two, with the same target, the first is learned from.</source>
            <translation>文本只差一两个字母且目标相同的行，只学习第一行。</translation>
        </message>
        <message>
            <source>Of rows whose texts differ only in case, punctuation and spaces, with the same target, only the first is learned from.</source>
            <translation>文本只在大小写、标点和空格上不同且目标相同的行，只学习第一行。</translation>
        </message>
        <message>
            <source>Of rows with the same text and the same target only the first is learned from.</source>
            <translation>文本和目标都相同的行，只学习第一行。</translation>
        </message>
        <message>
            <source>Of rows with the same text only the first is kept, with its target.</source>
            <translation>文本相同的行只保留第一行及其目标。</translation>
        </message>
        <message>
            <source>Of rows with the same text those with its commonest label are kept, the others are left out.</source>
            <translation>文本相同的行中，保留最常见标签的行，其余排除。</translation>
        </message>
        <message>
            <source>Open a classifier or a language model.</source>
            <translation>请打开分类模型或语言模型。</translation>
        </message>
        <message>
            <source>Open a model of text or pictures.</source>
            <translation>请打开处理文本或图片的模型。</translation>
        </message>
        <message>
            <source>Open a model that reads text, or classifies pictures.</source>
            <translation>请打开读取文本的模型，或对图片分类的模型。</translation>
        </message>
        <message>
            <source>Open a model that reads text.</source>
            <translation>请打开读文本的模型。</translation>
        </message>
        <message>
            <source>Open it again.</source>
            <translation>重新打开它。</translation>
        </message>
        <message>
            <source>Open it in its program and save it again as xlsx, or save the sheet as csv.</source>
            <translation>在原来的程序里打开，另存为 xlsx，或把工作表存成 csv。</translation>
        </message>
        <message>
            <source>Open one whose patches all see each other: ViT, DeiT, BEiT, DINOv2, or the vision part of CLIP or SigLIP.</source>
            <translation>请打开所有图块互相可见的模型：ViT、DeiT、BEiT、DINOv2，或 CLIP、SigLIP 的视觉部分。</translation>
        </message>
        <message>
            <source>Open the model with the class it was saved as.</source>
            <translation>用保存时的类打开模型。</translation>
        </message>
        <message>
            <source>Pair heads across layers instead.</source>
            <translation>请改为跨层配对。</translation>
        </message>
        <message>
            <source>Parquet holds Unicode</source>
            <translation>Parquet 存放的是 Unicode</translation>
        </message>
        <message>
            <source>Please report this file.</source>
            <translation>请反馈这个文件。</translation>
        </message>
        <message>
            <source>Polish</source>
            <translation>波兰语</translation>
        </message>
        <message>
            <source>Portuguese</source>
            <translation>葡萄牙语</translation>
        </message>
        <message>
            <source>Predicts a number, so that 4 is nearer to 5 than to 1.</source>
            <translation>预测数字，这样 4 离 5 比离 1 近。</translation>
        </message>
        <message>
            <source>Put all parts into the folder.</source>
            <translation>请把所有分片都放进这个文件夹。</translation>
        </message>
        <message>
            <source>Put both into one text.</source>
            <translation>请把两段合成一段文本。</translation>
        </message>
        <message>
            <source>Put it back, then try again.</source>
            <translation>请把它放回原处，然后重试。</translation>
        </message>
        <message>
            <source>Put the file itself into the folder.</source>
            <translation>请把文件本身放进这个文件夹。</translation>
        </message>
        <message>
            <source>Put the model's folder back as it was, or start a new run.</source>
            <translation>请把模型文件夹恢复原样，或者开始新的运行。</translation>
        </message>
        <message>
            <source>Put the table back as it was, or start a new run.</source>
            <translation>把表恢复成原来的样子，或开始一次新的运行。</translation>
        </message>
        <message>
            <source>Put the table back as it was, or train again.</source>
            <translation>请把表恢复原样，或重新训练。</translation>
        </message>
        <message>
            <source>Put what it names into the folder.</source>
            <translation>请把它所指的内容放进这个文件夹。</translation>
        </message>
        <message>
            <source>Reads the column {0}.</source>
            <translation>读取 {0} 列。</translation>
        </message>
        <message>
            <source>Reads the file as {0}: {1}</source>
            <translation>按 {0} 读取文件：{1}</translation>
        </message>
        <message>
            <source>Reads the numbers with a decimal comma.</source>
            <translation>按逗号作小数点读取数字。</translation>
        </message>
        <message>
            <source>Reads the numbers with a decimal point.</source>
            <translation>按句点作小数点读取数字。</translation>
        </message>
        <message>
            <source>Reads the sheet {0} instead.</source>
            <translation>改为读取工作表 {0}。</translation>
        </message>
        <message>
            <source>Reads up to {0} tokens; attention takes time with the square of that.</source>
            <translation>最多读取 {0} 个词元；注意力的耗时随其平方增长。</translation>
        </message>
        <message>
            <source>Reads {0} alone, whatever is guessed later.</source>
            <translation>只读取 {0}，不受以后猜测的影响。</translation>
        </message>
        <message>
            <source>Reads {0} as a letter like any other.</source>
            <translation>把 {0} 当作普通字符读取。</translation>
        </message>
        <message>
            <source>Recorded: {0}.</source>
            <translation>已记录：{0}。</translation>
        </message>
        <message>
            <source>Remove {0} there.</source>
            <translation>请删去其中的 {0}。</translation>
        </message>
        <message>
            <source>Remove {0} there. If the change was meant, start a new run; or delete settings.json beside it.</source>
            <translation>请删去其中的 {0}。如果是有意修改，请开始一次新的训练，或删除旁边的 settings.json。</translation>
        </message>
        <message>
            <source>Rename that folder first.</source>
            <translation>请先重命名那个文件夹。</translation>
        </message>
        <message>
            <source>Resume the run it came from.</source>
            <translation>请继续它所属的那次运行。</translation>
        </message>
        <message>
            <source>Resume the run; if it happens again, train on another device, or look at the driver's messages.</source>
            <translation>请继续这次运行；如果再次发生，请换一个设备训练，或查看驱动程序的消息。</translation>
        </message>
        <message>
            <source>Rows and columns of {0} are not the text's tokens: it is read in blocks, windows or summaries.</source>
            <translation>{0} 的行和列不是文本的词元：文本是按块、窗口或摘要读入的。</translation>
        </message>
        <message>
            <source>Rows of classes with fewer than five rows are left out; the model cannot answer these classes.</source>
            <translation>少于五行的类别的行被排除；模型无法给出这些类别。</translation>
        </message>
        <message>
            <source>Rows of rare classes are read more often than others in each pass; the model may learn them by heart.</source>
            <translation>每一轮中罕见类别的行读取得更多；模型可能会把它们死记下来。</translation>
        </message>
        <message>
            <source>Rows whose text also stands in the test table are left out, so that the test stays a test.</source>
            <translation>文本也出现在测试表中的行被排除，测试才有意义。</translation>
        </message>
        <message>
            <source>Rows whose text has lost characters are left out.</source>
            <translation>文本丢失了字符的行被排除。</translation>
        </message>
        <message>
            <source>Rows whose text or target is a formula or an error of a spreadsheet are left out.</source>
            <translation>文本或目标为电子表格公式或错误值的行被排除。</translation>
        </message>
        <message>
            <source>Rows with the same text become one row with all their labels.</source>
            <translation>文本相同的行合并为一行，带上它们的全部标签。</translation>
        </message>
        <message>
            <source>Run without a cache (use_cache=False).</source>
            <translation>不使用缓存运行（use_cache=False）。</translation>
        </message>
        <message>
            <source>Runs of earlier versions and some that were stopped keep none: train once more, or go on with the run.</source>
            <translation>早期版本的运行和部分被停止的运行没有保存：请重新训练，或继续该运行。</translation>
        </message>
        <message>
            <source>Russian</source>
            <translation>俄语</translation>
        </message>
        <message>
            <source>Save it again, or choose another one.</source>
            <translation>请重新保存，或选择另一张。</translation>
        </message>
        <message>
            <source>Save it as JSON lines: an object such as {"text": "…", "label": "…"} in each line.</source>
            <translation>存成 JSON Lines：每行一个对象，例如 {"text": "…", "label": "…"}。</translation>
        </message>
        <message>
            <source>Save it as csv, tsv, jsonl, parquet or xlsx, and open that.</source>
            <translation>存成 csv、tsv、jsonl、parquet 或 xlsx，再打开。</translation>
        </message>
        <message>
            <source>Save the image processor again.</source>
            <translation>请重新保存图像处理器。</translation>
        </message>
        <message>
            <source>Save the table as csv, tsv, jsonl, parquet or xlsx, and open that.</source>
            <translation>把表存成 csv、tsv、jsonl、parquet 或 xlsx，再打开。</translation>
        </message>
        <message>
            <source>Save the tokenizer again.</source>
            <translation>重新保存分词器。</translation>
        </message>
        <message>
            <source>Save the whole model in one folder.</source>
            <translation>请把整个模型保存在一个文件夹里。</translation>
        </message>
        <message>
            <source>Say {0}-le or {1}-be.</source>
            <translation>写明 {0}-le 或 {1}-be。</translation>
        </message>
        <message>
            <source>Scores on rows of this table instead of {0}.</source>
            <translation>改用本表的行评分，而不用 {0}。</translation>
        </message>
        <message>
            <source>Set data.target to one of {0}.</source>
            <translation>把 data.target 设为 {0} 之一。</translation>
        </message>
        <message>
            <source>Set data.target to one of: {0}.</source>
            <translation>把 data.target 设为其中之一：{0}。</translation>
        </message>
        <message>
            <source>Set data.text to one of: {0}.</source>
            <translation>把 data.text 设为其中之一：{0}。</translation>
        </message>
        <message>
            <source>Set data.text, data.pair and data.target to three of: {0}.</source>
            <translation>请从以下各列中选三列，设为 data.text、data.pair 和 data.target：{0}。</translation>
        </message>
        <message>
            <source>Set data.{0} to one of its columns: {1}.</source>
            <translation>把 data.{0} 设为表中的一列：{1}。</translation>
        </message>
        <message>
            <source>Set it lower, or lora_rank to 0.</source>
            <translation>请把它调低，或者把 lora_rank 设为 0。</translation>
        </message>
        <message>
            <source>Set it to {0} or less.</source>
            <translation>请设为 {0} 或更小。</translation>
        </message>
        <message>
            <source>Set max_length to {0} or less.</source>
            <translation>把 max_length 设为 {0} 或更小。</translation>
        </message>
        <message>
            <source>Set max_length to {0}{1} or more.</source>
            <translation>请把 max_length 设为至少 {0}{1}。</translation>
        </message>
        <message>
            <source>Set quote to none, or to the character that encloses the cells.</source>
            <translation>把 quote 设为 none，或设为包住单元格的字符。</translation>
        </message>
        <message>
            <source>Skip fewer than {0} lines.</source>
            <translation>跳过的行数要少于 {0}。</translation>
        </message>
        <message>
            <source>Some tokens are drawn as boxes: no font here has their characters. Install one, such as Noto Sans CJK.</source>
            <translation>有些词元显示成方框：本机没有含这些字符的字体。请安装一种，例如 Noto Sans CJK。</translation>
        </message>
        <message>
            <source>Spaces around a cell are never read; nothing needs to be done.</source>
            <translation>单元格两端的空格从不读入；无需处理。</translation>
        </message>
        <message>
            <source>Spanish</source>
            <translation>西班牙语</translation>
        </message>
        <message>
            <source>Split cells of many megabytes, or free memory and disk.</source>
            <translation>把几兆字节的单元格拆开，或腾出内存和磁盘。</translation>
        </message>
        <message>
            <source>Starting from the beginning.</source>
            <translation>从头开始。</translation>
        </message>
        <message>
            <source>Stop it first.</source>
            <translation>请先停止它。</translation>
        </message>
        <message>
            <source>Stop it there first, or watch it in the window.</source>
            <translation>请先在那里停止它，或在窗口中旁观。</translation>
        </message>
        <message>
            <source>Switch heads off, change the temperature or replace the pattern instead.</source>
            <translation>改为关闭头、改变温度或替换注意力模式。</translation>
        </message>
        <message>
            <source>TF-IDF + a logistic regression for each label</source>
            <translation>TF-IDF + 每个标签各一个逻辑回归</translation>
        </message>
        <message>
            <source>TF-IDF + a logistic regression for each label on {0} of {1} training rows</source>
            <translation>TF-IDF + 每个标签各一个逻辑回归，使用 {1} 行训练数据中的 {0} 行</translation>
        </message>
        <message>
            <source>TF-IDF + logistic regression</source>
            <translation>TF-IDF + 逻辑回归</translation>
        </message>
        <message>
            <source>TF-IDF + logistic regression on {0} of {1} training rows</source>
            <translation>TF-IDF + 逻辑回归，用了 {1} 行训练数据中的 {0} 行</translation>
        </message>
        <message>
            <source>TF-IDF + ridge regression</source>
            <translation>TF-IDF + 岭回归</translation>
        </message>
        <message>
            <source>TF-IDF + ridge regression on {0} of {1} training rows</source>
            <translation>TF-IDF + 岭回归，用了 {1} 行训练数据中的 {0} 行</translation>
        </message>
        <message>
            <source>Tags such as &lt;br&gt; and codes such as &amp;amp; are taken out of the texts or read as what they stand for, also when predicting.</source>
            <translation>&lt;br&gt; 之类的标签和 &amp;amp; 之类的代码从文本中去掉，或还原为它们所代表的字符；预测时同样处理。</translation>
        </message>
        <message>
            <source>Take fewer layers or a smaller d_model, d_ff or vocabulary.</source>
            <translation>减少层数，或把 d_model、d_ff 或词表改小。</translation>
        </message>
        <message>
            <source>Take it out, or save the text as UTF-8.</source>
            <translation>请删去它，或把文本存为 UTF-8。</translation>
        </message>
        <message>
            <source>Take the label out of the texts where it will not stand when the model is used.</source>
            <translation>如果使用模型时文本中不会有标签，请把它从文本中去掉。</translation>
        </message>
        <message>
            <source>Take words out by deleting them.</source>
            <translation>请用删除的方式去掉词。</translation>
        </message>
        <message>
            <source>Take {0} out of config.json.</source>
            <translation>请从 config.json 中去掉 {0}。</translation>
        </message>
        <message>
            <source>Takes each combination for a class of its own.</source>
            <translation>把每种组合当作一个单独的类别。</translation>
        </message>
        <message>
            <source>Takes each number for the name of a class.</source>
            <translation>把每个数字当作类别名称。</translation>
        </message>
        <message>
            <source>Takes the first line as a row of the table.</source>
            <translation>把第一行当作表格的数据行。</translation>
        </message>
        <message>
            <source>Takes the first line as column names.</source>
            <translation>把第一行当作列名。</translation>
        </message>
        <message>
            <source>Takes the first line of the file as the table's first.</source>
            <translation>把文件的第一行当作表格的第一行。</translation>
        </message>
        <message>
            <source>Texts that were read with a wrong encoding once, such as cafÃ©, are read with the right one, also when predicting.</source>
            <translation>曾用错误编码读取的文本（例如 cafÃ©）按正确的编码重新读取；预测时同样处理。</translation>
        </message>
        <message>
            <source>Thai</source>
            <translation>泰语</translation>
        </message>
        <message>
            <source>The answers could not be scored.</source>
            <translation>无法为这些答案评分。</translation>
        </message>
        <message>
            <source>The column is not used; nothing needs to be done.</source>
            <translation>不使用这一列；无需处理。</translation>
        </message>
        <message>
            <source>The disk is full: {0} ({1}). Free at least {2} MB there: training then goes on by itself, and nothing is lost.</source>
            <translation>磁盘已满：{0}（{1}）。请在那里至少腾出 {2} MB：之后训练会自动继续，不会丢失任何内容。</translation>
        </message>
        <message>
            <source>The disk of {0} has {1} MB left, and this run may take {2} MB. Where it becomes full, training waits until there is room.</source>
            <translation>{0} 所在的磁盘还剩 {1} MB，而这次训练可能需要 {2} MB。如果磁盘变满，训练会等到有空间为止。</translation>
        </message>
        <message>
            <source>The edit {0} is left out: {1}</source>
            <translation>修改 {0} 未执行：{1}</translation>
        </message>
        <message>
            <source>The film of this run ends here: {0}</source>
            <translation>本次运行的影片到此为止：{0}</translation>
        </message>
        <message>
            <source>The first word of each name gets a B- tag, as most tools expect; no name is lost.</source>
            <translation>每个名称的第一个词改为 B- 标记，与多数工具的要求一致；不会丢失名称。</translation>
        </message>
        <message>
            <source>The folder brings a program of its own; it is not run: transformers' own model of that name is used.</source>
            <translation>这个文件夹自带程序；它不会被运行：使用的是 transformers 中同名的模型。</translation>
        </message>
        <message>
            <source>The folder has no weights for {0}; they are random here. Attention does not depend on them, but what comes out of them means nothing.</source>
            <translation>文件夹里没有 {0} 的权重，这里用随机值代替。注意力不依赖它们，但它们的输出没有意义。</translation>
        </message>
        <message>
            <source>The model learns each character twice; convert one script into the other in the file.</source>
            <translation>模型要把同一个字学两遍；请在文件中把简繁统一。</translation>
        </message>
        <message>
            <source>The model says: {0}</source>
            <translation>模型认为：{0}</translation>
        </message>
        <message>
            <source>The model writes: {0}</source>
            <translation>模型写出：{0}</translation>
        </message>
        <message>
            <source>The row has {0} tokens: the first {1} are looked at.</source>
            <translation>这一行有 {0} 个词元：只观察前 {1} 个。</translation>
        </message>
        <message>
            <source>The rows are kept: each is one of several right answers, of which the model learns one.</source>
            <translation>这些行会保留：每一行都是几个正确答案之一，模型会学到其中一个。</translation>
        </message>
        <message>
            <source>The rows are kept: one lost character rarely matters, and it is not in the file any more.</source>
            <translation>这些行会保留：丢失一个字符通常影响不大，而且文件中已经没有它了。</translation>
        </message>
        <message>
            <source>The rows are kept: several texts may well mean the same.</source>
            <translation>这些行会保留：几个文本完全可能是同一个意思。</translation>
        </message>
        <message>
            <source>The run was stopped before its answers were kept: go on with it to have them.</source>
            <translation>运行在保存回答之前被停止：继续该运行即可得到它们。</translation>
        </message>
        <message>
            <source>The run was stopped before the simple baseline was made; go on with the run to compare</source>
            <translation>运行在建立简单基线之前被停止；继续该运行即可比较</translation>
        </message>
        <message>
            <source>The same again goes on from there.</source>
            <translation>再执行一次会从那里接着做。</translation>
        </message>
        <message>
            <source>The text is longer than this model reads: its first {0} tokens are looked at.</source>
            <translation>文本超过模型能读的长度：只看前 {0} 个词元。</translation>
        </message>
        <message>
            <source>The texts have different numbers of tokens, so there is no difference cell by cell.</source>
            <translation>两段文本的词元数不同，因此无法逐格求差。</translation>
        </message>
        <message>
            <source>The tokens differ, so both are compared by the smallest stretches of text that both have whole.</source>
            <translation>两者的词元不同，因此按双方都完整切出的最小文本片段来比较。</translation>
        </message>
        <message>
            <source>The window cannot be opened: {0}
Everything also works without one: attention-workbench train TABLE (see attention-workbench --help).</source>
            <translation>无法打开窗口：{0}
没有窗口也能完成一切：attention-workbench train TABLE（见 attention-workbench --help）。</translation>
        </message>
        <message>
            <source>There are {0}, counted from 0.</source>
            <translation>共有 {0} 个，从 0 数起。</translation>
        </message>
        <message>
            <source>There are: {0}.</source>
            <translation>现有：{0}。</translation>
        </message>
        <message>
            <source>There are: {0}. Did you mean {1}?</source>
            <translation>现有：{0}。是不是想写 {1}？</translation>
        </message>
        <message>
            <source>There is no checkpoint yet: the run starts from the beginning.</source>
            <translation>还没有检查点：从头开始训练。</translation>
        </message>
        <message>
            <source>There is no preprocessor_config.json: pixels are scaled from -1 to 1, as most vision models want.</source>
            <translation>没有 preprocessor_config.json：像素按多数视觉模型的要求缩放到 -1 到 1。</translation>
        </message>
        <message>
            <source>There is {0}.</source>
            <translation>现有 {0}。</translation>
        </message>
        <message>
            <source>These rows are left out and listed, as it is done without asking; or fill the cells.</source>
            <translation>这些行会自动排除并列出；也可以填写这些单元格。</translation>
        </message>
        <message>
            <source>They are read as text and never computed; mind them when a spreadsheet opens the file.</source>
            <translation>它们按文本读取，从不计算；用电子表格打开文件时请当心。</translation>
        </message>
        <message>
            <source>They are read right; keep the file in UTF-8: older encodings cannot write them.</source>
            <translation>它们读取无误；请让文件保持 UTF-8：旧编码写不出这些字符。</translation>
        </message>
        <message>
            <source>They are read so already: the model answers yes or no for each label.</source>
            <translation>已经这样读取：模型对每个标签回答是或否。</translation>
        </message>
        <message>
            <source>They are read up to token {0} and their ends are cut, which is counted.</source>
            <translation>只读到第 {0} 个词元，后面的部分被截去，并会计数。</translation>
        </message>
        <message>
            <source>They stay amounts to be predicted as numbers.</source>
            <translation>它们仍是数量，作为数字预测。</translation>
        </message>
        <message>
            <source>They stay classes of their own.</source>
            <translation>它们仍各自作为类别。</translation>
        </message>
        <message>
            <source>They stay classes without an order.</source>
            <translation>它们仍是没有顺序的类别。</translation>
        </message>
        <message>
            <source>This file holds several pictures: its first one is looked at.</source>
            <translation>此文件包含多张图片：只查看第一张。</translation>
        </message>
        <message>
            <source>This is a defect of the program: please report it with the details of the log.</source>
            <translation>这是程序的缺陷：请附上日志的详情反馈给我们。</translation>
        </message>
        <message>
            <source>This model has {0}.</source>
            <translation>这个模型有：{0}。</translation>
        </message>
        <message>
            <source>This model has {0}: 0 to {1}.</source>
            <translation>这个模型有 {0}：0 到 {1}。</translation>
        </message>
        <message>
            <source>This model's attention cannot be seen.</source>
            <translation>看不到这个模型的注意力。</translation>
        </message>
        <message>
            <source>Train</source>
            <translation>训练</translation>
        </message>
        <message>
            <source>Train once more to have them again.</source>
            <translation>重新训练一次即可再次得到它们。</translation>
        </message>
        <message>
            <source>Train with film_megabytes &gt; 0.</source>
            <translation>训练时请设 film_megabytes &gt; 0。</translation>
        </message>
        <message>
            <source>Try again later.</source>
            <translation>请稍后重试。</translation>
        </message>
        <message>
            <source>Turkish</source>
            <translation>土耳其语</translation>
        </message>
        <message>
            <source>Turn gradient checkpointing off first.</source>
            <translation>先关闭梯度检查点。</translation>
        </message>
        <message>
            <source>Turn this checkpoint off, or use model.activation_checkpointing_enable() instead.</source>
            <translation>关闭这个检查点，或改用 model.activation_checkpointing_enable()。</translation>
        </message>
        <message>
            <source>Type a text with at least one word.</source>
            <translation>请输入至少含有一个词的文本。</translation>
        </message>
        <message>
            <source>Type another text.</source>
            <translation>请输入别的文本。</translation>
        </message>
        <message>
            <source>Type at least one letter.</source>
            <translation>请至少输入一个字符。</translation>
        </message>
        <message>
            <source>Unpack it and give one of its files.</source>
            <translation>解压后给出其中的一个文件。</translation>
        </message>
        <message>
            <source>Unpack it first.</source>
            <translation>请先解压。</translation>
        </message>
        <message>
            <source>Unpack it yourself if you trust it.</source>
            <translation>如果你信任它，请自行解压。</translation>
        </message>
        <message>
            <source>Use a config that this program wrote.</source>
            <translation>请使用由本程序写出的配置。</translation>
        </message>
        <message>
            <source>Use a folder with config.json and model.safetensors of an architecture that has a head for this task.</source>
            <translation>请使用含有 config.json 和 model.safetensors 的文件夹，且其架构有适合这个任务的输出头。</translation>
        </message>
        <message>
            <source>Use a model that reads text.</source>
            <translation>请使用读取文本的模型。</translation>
        </message>
        <message>
            <source>Use a model that says tokens (a causal, masked or sequence-to-sequence language model), and one whose blocks run in a row.</source>
            <translation>请使用能输出词元的模型（因果、掩码或序列到序列语言模型），并且它的各块依次运行。</translation>
        </message>
        <message>
            <source>Use a model that the installed transformers knows.</source>
            <translation>请使用已安装的 transformers 所支持的模型。</translation>
        </message>
        <message>
            <source>Use a model with a head, such as a classifier or a language model.</source>
            <translation>请使用带任务头的模型，例如分类器或语言模型。</translation>
        </message>
        <message>
            <source>Use a model with a task head.</source>
            <translation>请使用带任务输出头的模型。</translation>
        </message>
        <message>
            <source>Use a number above 0; 1 changes nothing.</source>
            <translation>请使用大于 0 的数；1 表示不变。</translation>
        </message>
        <message>
            <source>Use a number from 0 to 1.</source>
            <translation>请使用 0 到 1 之间的数。</translation>
        </message>
        <message>
            <source>Use auto or cpu, or one of: {0}</source>
            <translation>请使用 auto 或 cpu，或其中之一：{0}</translation>
        </message>
        <message>
            <source>Use auto or float32 on this device.</source>
            <translation>在这个设备上请使用 auto 或 float32。</translation>
        </message>
        <message>
            <source>Use delete or mask.</source>
            <translation>请用 delete 或 mask。</translation>
        </message>
        <message>
            <source>Use finite weights.</source>
            <translation>请使用有限的权重。</translation>
        </message>
        <message>
            <source>Use gradient × attention instead.</source>
            <translation>请改用梯度 × 注意力。</translation>
        </message>
        <message>
            <source>Use one of {0}.</source>
            <translation>请使用 {0} 之一。</translation>
        </message>
        <message>
            <source>Use one of: {0}.</source>
            <translation>请使用其中之一：{0}。</translation>
        </message>
        <message>
            <source>Use the same text, and bring both to the same words first.</source>
            <translation>请使用同一段文本，并先把两者对齐到相同的词。</translation>
        </message>
        <message>
            <source>Use the tokenizer that belongs to the model.</source>
            <translation>请使用与该模型配套的分词器。</translation>
        </message>
        <message>
            <source>Use the tokenizer that belongs to the model: leave data.tokenizer out.</source>
            <translation>请使用模型自带的分词器：不要填 data.tokenizer。</translation>
        </message>
        <message>
            <source>Use weight_decay or token_dropout instead.</source>
            <translation>请改用 weight_decay 或 token_dropout。</translation>
        </message>
        <message>
            <source>Use {0} or an array.</source>
            <translation>请使用 {0}，或给出数组。</translation>
        </message>
        <message>
            <source>Wait for its first checkpoint, or finish it with `resume`.</source>
            <translation>请等它存下第一个检查点，或用 `resume` 把它训练完。</translation>
        </message>
        <message>
            <source>Wait until it is written and closed, then try again.</source>
            <translation>请等它写完并关闭，然后重试。</translation>
        </message>
        <message>
            <source>Weights &amp; Biases cannot be used: {0}</source>
            <translation>无法使用 Weights &amp; Biases：{0}</translation>
        </message>
        <message>
            <source>Weights &amp; Biases is asked for, but its package is not installed</source>
            <translation>要求使用 Weights &amp; Biases，但没有安装它的软件包</translation>
        </message>
        <message>
            <source>Weights of all attention layers are seen at their softmax ({0}); queries, keys and values are not.</source>
            <translation>所有注意力层的权重都在 softmax 处看到了（{0} 层）；看不到查询、键和值。</translation>
        </message>
        <message>
            <source>Weights that this model has no place for were left out: {0}.</source>
            <translation>该模型用不到的权重已略去：{0}。</translation>
        </message>
        <message>
            <source>What is changed is changed in A alone.</source>
            <translation>所做的改动只作用于 A。</translation>
        </message>
        <message>
            <source>What is seen in {0} does not explain its output.</source>
            <translation>在 {0} 看到的内容不能解释它的输出。</translation>
        </message>
        <message>
            <source>Write .npz or .png, which hold both sides.</source>
            <translation>请保存为 .npz 或 .png，它们能容纳双方。</translation>
        </message>
        <message>
            <source>Write .npz, .csv or .png, or take a shorter text.</source>
            <translation>请保存为 .npz、.csv 或 .png，或换一段较短的文本。</translation>
        </message>
        <message>
            <source>Write ACT:KIND:LAYER:HEAD, counted from 0, as in off:encoder:2:5 or temperature=2.</source>
            <translation>请写成 操作:类型:层:头（从 0 数起），如 off:encoder:2:5 或 temperature=2。</translation>
        </message>
        <message>
            <source>Write ROW,COLUMN, counted from 1, or {0}; the last one is {1}.</source>
            <translation>请写“行,列”（从 1 数起），或 {0}；最后一个是 {1}。</translation>
        </message>
        <message>
            <source>Write csv or parquet.</source>
            <translation>请写成 csv 或 parquet。</translation>
        </message>
        <message>
            <source>Write csv or parquet; what was predicted is kept.</source>
            <translation>请写成 csv 或 parquet；已预测的结果会保留。</translation>
        </message>
        <message>
            <source>Write learning_rate=0.0003, dropout=0.2, film_text=TEXT, or off, on or frozen with KIND:LAYER:HEAD counted from 0, as in off:encoder:0:1.</source>
            <translation>请写 learning_rate=0.0003、dropout=0.2、film_text=文本，或 off、on、frozen 加上从 0 数起的 类型:层:头，例如 off:encoder:0:1。</translation>
        </message>
        <message>
            <source>Write the file again.</source>
            <translation>重新写出这个文件。</translation>
        </message>
        <message>
            <source>Write {0} = {1} there again.</source>
            <translation>请在其中重新写上 {0} = {1}。</translation>
        </message>
        <message>
            <source>Write {0} = {1} there again. If the change was meant, start a new run; or delete settings.json beside it.</source>
            <translation>请在其中重新写上 {0} = {1}。如果是有意修改，请开始一次新的训练，或删除旁边的 settings.json。</translation>
        </message>
        <message>
            <source>a 7z archive</source>
            <translation>7z 压缩包</translation>
        </message>
        <message>
            <source>a JSON array of {0} elements</source>
            <translation>含有 {0} 个元素的 JSON 数组</translation>
        </message>
        <message>
            <source>a JSON object in each line</source>
            <translation>每行一个 JSON 对象</translation>
        </message>
        <message>
            <source>a NumPy array</source>
            <translation>NumPy 数组</translation>
        </message>
        <message>
            <source>a Parquet file</source>
            <translation>Parquet 文件</translation>
        </message>
        <message>
            <source>a Python pickle, which can run code when it is opened</source>
            <translation>Python pickle（打开时可能执行代码）</translation>
        </message>
        <message>
            <source>a RAR archive</source>
            <translation>RAR 压缩包</translation>
        </message>
        <message>
            <source>a Zstandard archive</source>
            <translation>Zstandard 压缩包</translation>
        </message>
        <message>
            <source>a block gives no hidden states</source>
            <translation>有一块没有输出隐藏状态</translation>
        </message>
        <message>
            <source>a block takes no hidden states</source>
            <translation>有一块不接收隐藏状态</translation>
        </message>
        <message>
            <source>a byte order mark does not belong into {0}</source>
            <translation>字节顺序标记不能用于 {0}</translation>
        </message>
        <message>
            <source>a cell of it is empty</source>
            <translation>其中有一个单元格是空的</translation>
        </message>
        <message>
            <source>a cell of {0} holds nothing</source>
            <translation>{0} 有一个单元格为空</translation>
        </message>
        <message>
            <source>a cell of {0} is a formula or an error of a spreadsheet, {1}</source>
            <translation>{0} 有一个单元格是电子表格的公式或错误：{1}</translation>
        </message>
        <message>
            <source>a dBASE table</source>
            <translation>dBASE 表</translation>
        </message>
        <message>
            <source>a decoder reads one text</source>
            <translation>解码器只读一段文本</translation>
        </message>
        <message>
            <source>a file could not be written: {0}</source>
            <translation>文件无法写入：{0}</translation>
        </message>
        <message>
            <source>a file without ending</source>
            <translation>没有扩展名的文件</translation>
        </message>
        <message>
            <source>a film is not written as {0}</source>
            <translation>影片不能写成 {0}</translation>
        </message>
        <message>
            <source>a loaded tokenizer has settled this itself</source>
            <translation>载入的分词器已经自行决定了这一项</translation>
        </message>
        <message>
            <source>a name stands twice in it</source>
            <translation>其中有一个名称出现了两次</translation>
        </message>
        <message>
            <source>a page does not hold {0} cells</source>
            <translation>一个网页放不下 {0} 个格子</translation>
        </message>
        <message>
            <source>a part of the path is no folder</source>
            <translation>路径中有一部分不是文件夹</translation>
        </message>
        <message>
            <source>a pattern of shape {0} does not fit weights of shape {1}</source>
            <translation>形状为 {0} 的注意力模式与形状为 {1} 的权重不符</translation>
        </message>
        <message>
            <source>a picture</source>
            <translation>图片</translation>
        </message>
        <message>
            <source>a program</source>
            <translation>程序</translation>
        </message>
        <message>
            <source>a residual share of {0} has no meaning</source>
            <translation>残差占比 {0} 没有意义</translation>
        </message>
        <message>
            <source>a rollout over {0} tokens does not fit</source>
            <translation>{0} 个词元的注意力展开放不下</translation>
        </message>
        <message>
            <source>a run needs a name</source>
            <translation>运行需要一个名称</translation>
        </message>
        <message>
            <source>a separate table to score on; it is never trained on</source>
            <translation>另一张用来评分的表；绝不参与训练</translation>
        </message>
        <message>
            <source>a sheet of a workbook holds {0} rows and {1} columns; this table would have {2} and {3}</source>
            <translation>工作簿的一张工作表最多容纳 {0} 行、{1} 列；这张表会有 {2} 行、{3} 列</translation>
        </message>
        <message>
            <source>a temperature of {0} has no meaning</source>
            <translation>温度 {0} 没有意义</translation>
        </message>
        <message>
            <source>a training is at work</source>
            <translation>正在进行一次训练</translation>
        </message>
        <message>
            <source>a training is still at work</source>
            <translation>还有一次训练正在进行</translation>
        </message>
        <message>
            <source>a usual name</source>
            <translation>常见的列名</translation>
        </message>
        <message>
            <source>a usual name, and {0} different texts of {1} characters on average</source>
            <translation>是常见的名称，并有 {0} 段不同的文本，平均 {1} 个字符</translation>
        </message>
        <message>
            <source>a web page</source>
            <translation>网页</translation>
        </message>
        <message>
            <source>a workbook has cells of its own</source>
            <translation>工作簿本来就有单元格</translation>
        </message>
        <message>
            <source>a workbook holds Unicode</source>
            <translation>工作簿存放的是 Unicode</translation>
        </message>
        <message>
            <source>a {0} opens a cell here and never closes it</source>
            <translation>这里有一个 {0} 打开了单元格，却一直没有闭合</translation>
        </message>
        <message>
            <source>about 1 text is longer than {0} tokens; the longest has about {1}</source>
            <translation>大约有 1 个文本超过 {0} 个词元；最长的约有 {1} 个</translation>
        </message>
        <message>
            <source>about {0} texts are longer than {1} tokens; the longest has about {2}</source>
            <translation>约有 {0} 个文本超过 {1} 个词元；最长的约有 {2} 个</translation>
        </message>
        <message>
            <source>add each sublayer's input to its output; off shows why deep stacks need it</source>
            <translation>把每个子层的输入加到它的输出上；关闭可以看出深层网络为什么需要它</translation>
        </message>
        <message>
            <source>alignment</source>
            <translation>对齐</translation>
        </message>
        <message>
            <source>all labels right</source>
            <translation>标签全对率</translation>
        </message>
        <message>
            <source>all layers of a stack use the same weights</source>
            <translation>一个堆栈的所有层共用同一组权重</translation>
        </message>
        <message>
            <source>all of them are whole numbers</source>
            <translation>全部是整数</translation>
        </message>
        <message>
            <source>all sheets are empty ({0})</source>
            <translation>所有工作表都是空的（{0}）</translation>
        </message>
        <message>
            <source>all these weights take {0} GB of memory, and {1} GB are free</source>
            <translation>全部权重需要 {0} GB 内存，而可用的只有 {1} GB</translation>
        </message>
        <message>
            <source>all {0} heads over {1} tokens do not fit side by side</source>
            <translation>{1} 个词元上的全部 {0} 个注意力头放不下，无法并排比较</translation>
        </message>
        <message>
            <source>an Arrow file</source>
            <translation>Arrow 文件</translation>
        </message>
        <message>
            <source>an HDF5 file</source>
            <translation>HDF5 文件</translation>
        </message>
        <message>
            <source>an SQLite database</source>
            <translation>SQLite 数据库</translation>
        </message>
        <message>
            <source>an XML document</source>
            <translation>XML 文档</translation>
        </message>
        <message>
            <source>an epoch has 1 step, and a fine-tuning settles after about {0}</source>
            <translation>一轮有 1 步，而微调大约在 {0} 步后稳定下来</translation>
        </message>
        <message>
            <source>an epoch has {0} steps already: {1} are enough</source>
            <translation>一轮已有 {0} 步：{1} 轮就够了</translation>
        </message>
        <message>
            <source>an epoch has {0} steps, and a fine-tuning settles after about {1}</source>
            <translation>一轮有 {0} 步，而微调大约在 {1} 步后稳定下来</translation>
        </message>
        <message>
            <source>an event could not be written: {0}</source>
            <translation>事件无法写入：{0}</translation>
        </message>
        <message>
            <source>another column fits better</source>
            <translation>另一列更合适</translation>
        </message>
        <message>
            <source>another program uses it</source>
            <translation>另一个程序正在使用它</translation>
        </message>
        <message>
            <source>answer start</source>
            <translation>答案起点</translation>
        </message>
        <message>
            <source>as asked</source>
            <translation>按要求</translation>
        </message>
        <message>
            <source>asked</source>
            <translation>应要求停止</translation>
        </message>
        <message>
            <source>at step {0}: {1}</source>
            <translation>第 {0} 步：{1}</translation>
        </message>
        <message>
            <source>attention flow</source>
            <translation>注意力流</translation>
        </message>
        <message>
            <source>attention heads per layer; must divide d_model</source>
            <translation>每层的注意力头数；必须能整除 d_model</translation>
        </message>
        <message>
            <source>attention is not written as {0}</source>
            <translation>注意力不能写成 {0}</translation>
        </message>
        <message>
            <source>attention weight</source>
            <translation>注意力权重</translation>
        </message>
        <message>
            <source>attention-workbench engine</source>
            <translation>attention-workbench 引擎</translation>
        </message>
        <message>
            <source>attribution</source>
            <translation>归因</translation>
        </message>
        <message>
            <source>batches whose gradients are summed into one step</source>
            <translation>多少个批次的梯度累加成一步</translation>
        </message>
        <message>
            <source>before each sublayer (pre) or after its sum (post)</source>
            <translation>在每个子层之前（pre），或在相加之后（post）</translation>
        </message>
        <message>
            <source>beyond {0} attention costs too much here</source>
            <translation>超过 {0} 个词元，注意力在这里太费时间</translation>
        </message>
        <message>
            <source>blank line</source>
            <translation>空行</translation>
        </message>
        <message>
            <source>blocks in a stack (in each of the two for an encoder-decoder)</source>
            <translation>一个堆栈的层数（编码器–解码器的两个堆栈各有这么多层）</translation>
        </message>
        <message>
            <source>both runs have to tell how many tokens they read</source>
            <translation>两个运行都必须记录读过的词元数</translation>
        </message>
        <message>
            <source>both sides are made of a few separate words</source>
            <translation>两边都由少数几个分开的词组成</translation>
        </message>
        <message>
            <source>both texts would be read from the column {0}</source>
            <translation>两段文本都会从列 {0} 读取</translation>
        </message>
        <message>
            <source>ceased to be</source>
            <translation>不再是</translation>
        </message>
        <message>
            <source>cells of {0} are formulas or errors of a spreadsheet; the first is {1}</source>
            <translation>{0} 的单元格是电子表格的公式或错误值；第一个是 {1}</translation>
        </message>
        <message>
            <source>cells of {0} hold nothing</source>
            <translation>{0} 中有空单元格</translation>
        </message>
        <message>
            <source>change</source>
            <translation>改动</translation>
        </message>
        <message>
            <source>character encoding of the file; found from its bytes when empty</source>
            <translation>文件的字符编码；留空时由字节判断</translation>
        </message>
        <message>
            <source>character {0} of the text is no character</source>
            <translation>文本的第 {0} 个字符不是有效字符</translation>
        </message>
        <message>
            <source>characters outside the basic plane of Unicode, or for private use, stand</source>
            <translation>有 Unicode 基本平面以外或专用区的字符</translation>
        </message>
        <message>
            <source>characters that cannot be seen stand</source>
            <translation>有不可见字符</translation>
        </message>
        <message>
            <source>checkpoint</source>
            <translation>检查点</translation>
        </message>
        <message>
            <source>class with too few rows</source>
            <translation>行数太少的类别</translation>
        </message>
        <message>
            <source>column {0} is called {1} here, for it has no name</source>
            <translation>第 {0} 列没有名称，这里称为 {1}</translation>
        </message>
        <message>
            <source>column {0} is called {1} here, for its name stands twice</source>
            <translation>第 {0} 列的名称出现了两次，这里称为 {1}</translation>
        </message>
        <message>
            <source>comma</source>
            <translation>逗号</translation>
        </message>
        <message>
            <source>commands for a database</source>
            <translation>数据库命令</translation>
        </message>
        <message>
            <source>comparing texts</source>
            <translation>正在比较文本</translation>
        </message>
        <message>
            <source>comparing the heads</source>
            <translation>正在比较注意力头</translation>
        </message>
        <message>
            <source>copies of a text stay together, and one row of each class stays</source>
            <translation>相同的文本要留在同一边，每个类别也要留下一行</translation>
        </message>
        <message>
            <source>could not create a memory object</source>
            <translation>无法创建内存对象</translation>
        </message>
        <message>
            <source>could not create a primitive</source>
            <translation>无法创建计算原语（内存不足）</translation>
        </message>
        <message>
            <source>course of the learning rate after warm-up</source>
            <translation>预热之后学习率的变化方式</translation>
        </message>
        <message>
            <source>default-src 'none'; img-src data:; style-src '{0}'; base-uri 'none'; form-action 'none'</source>
            <translation>default-src 'none'; img-src data:; style-src '{0}'; base-uri 'none'; form-action 'none'</translation>
        </message>
        <message>
            <source>delimiter {0} and quote {1} cannot cut a table: {2}</source>
            <translation>分隔符 {0} 和引号 {1} 无法切分表：{2}</translation>
        </message>
        <message>
            <source>divide scores by the square root of the head width; off shows why it is there</source>
            <translation>把分数除以头宽度的平方根；关闭可以看出为什么要除</translation>
        </message>
        <message>
            <source>drawing the film</source>
            <translation>正在绘制影片</translation>
        </message>
        <message>
            <source>dropout</source>
            <translation>dropout</translation>
        </message>
        <message>
            <source>duplicate text</source>
            <translation>重复的文本</translation>
        </message>
        <message>
            <source>duplicate token</source>
            <translation>重复词元</translation>
        </message>
        <message>
            <source>each head takes an equal share of the width</source>
            <translation>每个头平分宽度</translation>
        </message>
        <message>
            <source>each layer takes three quarters of the step of the one above: the lowest know most that is worth keeping</source>
            <translation>每一层的步长是上一层的四分之三：最低的层掌握着最值得保留的知识</translation>
        </message>
        <message>
            <source>each of the {0} cells of {1} stands once: it names rows and cannot be learned from</source>
            <translation>{1} 的 {0} 个单元格各出现一次：它只是行的编号，无法用来学习</translation>
        </message>
        <message>
            <source>each weight by the length of the value it brings, as shares of the row</source>
            <translation>每个权重乘以它带来的值向量的长度，再化为该行中的占比</translation>
        </message>
        <message>
            <source>each word of {0} has its tag in {1}</source>
            <translation>{0} 的每个词在 {1} 中都有标签</translation>
        </message>
        <message>
            <source>early</source>
            <translation>提前停止</translation>
        </message>
        <message>
            <source>edit</source>
            <translation>修改</translation>
        </message>
        <message>
            <source>empty second text</source>
            <translation>第二段文本为空</translation>
        </message>
        <message>
            <source>empty target</source>
            <translation>目标为空</translation>
        </message>
        <message>
            <source>empty text</source>
            <translation>文本为空</translation>
        </message>
        <message>
            <source>encoder, decoder or encoder-decoder; follows the task when empty</source>
            <translation>编码器、解码器或编码器–解码器；留空时随任务而定</translation>
        </message>
        <message>
            <source>encoding</source>
            <translation>正在编码</translation>
        </message>
        <message>
            <source>encoding test</source>
            <translation>正在编码测试集</translation>
        </message>
        <message>
            <source>encoding train</source>
            <translation>正在编码训练集</translation>
        </message>
        <message>
            <source>encoding validation</source>
            <translation>正在编码验证集</translation>
        </message>
        <message>
            <source>encoding {0}</source>
            <translation>正在编码 {0}</translation>
        </message>
        <message>
            <source>ended ({0}) after {1} steps: {2}</source>
            <translation>已结束（{0}），共 {1} 步：{2}</translation>
        </message>
        <message>
            <source>engine</source>
            <translation>引擎</translation>
        </message>
        <message>
            <source>evaluations without a better score after which training stops; 0 never stops early</source>
            <translation>验证多少次没有更好的分数就停止训练；0 表示从不提前停止</translation>
        </message>
        <message>
            <source>events.jsonl cannot be read: {0}</source>
            <translation>无法读取 events.jsonl：{0}</translation>
        </message>
        <message>
            <source>every cell begins with {0}</source>
            <translation>每个单元格都以 {0} 开头</translation>
        </message>
        <message>
            <source>every cell is the same</source>
            <translation>每个单元格都相同</translation>
        </message>
        <message>
            <source>every cell is {0}</source>
            <translation>每个单元格都是 {0}</translation>
        </message>
        <message>
            <source>every cell of {0} begins with {1}</source>
            <translation>{0} 的每个单元格都以 {1} 开头</translation>
        </message>
        <message>
            <source>every filled cell of {0} is {1}</source>
            <translation>{0} 中所有填写的单元格都是 {1}</translation>
        </message>
        <message>
            <source>every value stands once</source>
            <translation>每个值只出现一次</translation>
        </message>
        <message>
            <source>exact match</source>
            <translation>完全一致</translation>
        </message>
        <message>
            <source>example {0} was not recorded</source>
            <translation>没有记录样本 {0}</translation>
        </message>
        <message>
            <source>examples per step on one device</source>
            <translation>单个设备上每步的样本数</translation>
        </message>
        <message>
            <source>expected after</source>
            <translation>之后应为</translation>
        </message>
        <message>
            <source>experiment</source>
            <translation>实验</translation>
        </message>
        <message>
            <source>experiment.toml cannot be read: {0}</source>
            <translation>无法读取 experiment.toml：{0}</translation>
        </message>
        <message>
            <source>failed at step {0}: {1}</source>
            <translation>在第 {0} 步失败：{1}</translation>
        </message>
        <message>
            <source>fetching the model</source>
            <translation>正在下载模型</translation>
        </message>
        <message>
            <source>finished</source>
            <translation>已完成</translation>
        </message>
        <message>
            <source>first token (sink)</source>
            <translation>首词元（汇）</translation>
        </message>
        <message>
            <source>fold upper case before tokenizing</source>
            <translation>分词前把大写转成小写</translation>
        </message>
        <message>
            <source>folder or hub name of a pretrained model to fine-tune; empty trains from scratch</source>
            <translation>要微调的预训练模型的文件夹或 hub 名称；留空则从零训练</translation>
        </message>
        <message>
            <source>form</source>
            <translation>形式</translation>
        </message>
        <message>
            <source>given</source>
            <translation>由你指定</translation>
        </message>
        <message>
            <source>given: lines are not cut</source>
            <translation>由你指定：不切分行</translation>
        </message>
        <message>
            <source>gradient checkpoint</source>
            <translation>梯度检查点</translation>
        </message>
        <message>
            <source>gradient norm</source>
            <translation>梯度范数</translation>
        </message>
        <message>
            <source>half the texts have at most {0} tokens, the longest of the sample {1}</source>
            <translation>一半的文本不超过 {0} 个词元，抽样中最长的有 {1} 个</translation>
        </message>
        <message>
            <source>hardly any cell is a number, so nothing tells</source>
            <translation>几乎没有单元格是数字，因此无从判断</translation>
        </message>
        <message>
            <source>has a field {0} that none of the first {1} rows has</source>
            <translation>含有字段 {0}，而前 {1} 行都没有它</translation>
        </message>
        <message>
            <source>has no meaning for {0}</source>
            <translation>对 {0} 没有意义</translation>
        </message>
        <message>
            <source>head</source>
            <translation>头</translation>
        </message>
        <message>
            <source>heads are mixed before they are projected</source>
            <translation>各个头在投影之前已经混合</translation>
        </message>
        <message>
            <source>heads of two models</source>
            <translation>两个模型的头</translation>
        </message>
        <message>
            <source>heads that are compared</source>
            <translation>所比较的注意力头</translation>
        </message>
        <message>
            <source>holds bytes that are not valid text</source>
            <translation>含有无效的文本字节</translation>
        </message>
        <message>
            <source>holds bytes that are not valid {0}</source>
            <translation>含有无效的 {0} 字节</translation>
        </message>
        <message>
            <source>holds half of a surrogate pair, which is no character</source>
            <translation>含有半个代理对，它不是字符</translation>
        </message>
        <message>
            <source>how a layer's input is rescaled</source>
            <translation>如何归一化一层的输入</translation>
        </message>
        <message>
            <source>how a sentence becomes one vector (classification, regression)</source>
            <translation>如何把一个句子变成一个向量（分类、回归）</translation>
        </message>
        <message>
            <source>how gradients become changes</source>
            <translation>如何由梯度得到更新</translation>
        </message>
        <message>
            <source>how many times the run is saved so that it can be resumed</source>
            <translation>整个运行中保存多少次检查点，以便继续</translation>
        </message>
        <message>
            <source>how many times the validation rows are scored over the run</source>
            <translation>整个运行中在验证集上评分多少次</translation>
        </message>
        <message>
            <source>how order enters</source>
            <translation>顺序信息如何进入模型</translation>
        </message>
        <message>
            <source>how text becomes tokens: word, character, bpe, wordpiece, or a folder with a tokenizer.json</source>
            <translation>如何把文本变成词元：word、character、bpe、wordpiece，或含有 tokenizer.json 的文件夹</translation>
        </message>
        <message>
            <source>hub model {0}</source>
            <translation>Hub 模型 {0}</translation>
        </message>
        <message>
            <source>in one letter from a much commoner one</source>
            <translation>与常见得多的标签只差一个字母</translation>
        </message>
        <message>
            <source>input</source>
            <translation>输入</translation>
        </message>
        <message>
            <source>is empty; it {0}</source>
            <translation>为空；{0}</translation>
        </message>
        <message>
            <source>is no JSON object</source>
            <translation>不是 JSON 对象</translation>
        </message>
        <message>
            <source>is not valid JSON: {0}</source>
            <translation>不是有效的 JSON：{0}</translation>
        </message>
        <message>
            <source>it cannot be kept: {0}</source>
            <translation>无法保存：{0}</translation>
        </message>
        <message>
            <source>it cuts {0} of {1} cells, more than any other</source>
            <translation>它能拆分 {1} 个单元格中的 {0} 个，多于其他分隔符</translation>
        </message>
        <message>
            <source>it does not fit into memory</source>
            <translation>内存容纳不下</translation>
        </message>
        <message>
            <source>it does not say how a picture is read: {0}</source>
            <translation>它没有说明如何读取图片：{0}</translation>
        </message>
        <message>
            <source>it has far too many pixels</source>
            <translation>像素过多</translation>
        </message>
        <message>
            <source>it has made none yet</source>
            <translation>它还没有走过任何一步</translation>
        </message>
        <message>
            <source>it has no config.json, so it is no model of transformers</source>
            <translation>它没有 config.json，因此不是 transformers 的模型</translation>
        </message>
        <message>
            <source>it has no name</source>
            <translation>它没有名称</translation>
        </message>
        <message>
            <source>it has no weights</source>
            <translation>它没有权重</translation>
        </message>
        <message>
            <source>it has {0} × {1} pixels</source>
            <translation>它有 {0} × {1} 像素</translation>
        </message>
        <message>
            <source>it is a folder</source>
            <translation>它是一个文件夹</translation>
        </message>
        <message>
            <source>it is empty</source>
            <translation>它是空的</translation>
        </message>
        <message>
            <source>it is for {0}</source>
            <translation>它只适用于 {0}</translation>
        </message>
        <message>
            <source>it met no attention, so nothing was changed</source>
            <translation>没有遇到注意力，所以什么也没有改变</translation>
        </message>
        <message>
            <source>it never began to train</source>
            <translation>它从未开始训练</translation>
        </message>
        <message>
            <source>it points outside this folder: {0}</source>
            <translation>它指向了文件夹之外：{0}</translation>
        </message>
        <message>
            <source>it shares learned weights with other heads</source>
            <translation>它与其他头共用所学的权重</translation>
        </message>
        <message>
            <source>it would be larger than the disk allows</source>
            <translation>它会超过磁盘允许的大小</translation>
        </message>
        <message>
            <source>its name is too long</source>
            <translation>名称太长</translation>
        </message>
        <message>
            <source>its name stands twice</source>
            <translation>它的名称出现了两次</translation>
        </message>
        <message>
            <source>its owner gives it only to those who agreed to something</source>
            <translation>它的所有者只把它提供给同意条款的人</translation>
        </message>
        <message>
            <source>its parser broke down over it, so it is damaged or far too large</source>
            <translation>解析器因它而崩溃，所以它已损坏或者太大</translation>
        </message>
        <message>
            <source>its part of the output projection is not found</source>
            <translation>找不到它在输出投影中的部分</translation>
        </message>
        <message>
            <source>its steps go from {0} to {1}</source>
            <translation>它的步从 {0} 到 {1}</translation>
        </message>
        <message>
            <source>its targets stand at places in the text, which would move</source>
            <translation>它的目标指向文本中的位置，改动文本会使位置错开</translation>
        </message>
        <message>
            <source>its targets stand at single tokens, which would move</source>
            <translation>它的目标属于单个词元，词元会因此移位</translation>
        </message>
        <message>
            <source>its weights are pickled only, and opening such a file can run any program in it</source>
            <translation>它只有 pickle 格式的权重，打开这样的文件可能会运行其中的任意程序</translation>
        </message>
        <message>
            <source>joined with the same text</source>
            <translation>已与相同的文本合并</translation>
        </message>
        <message>
            <source>keep the embeddings and the layers below this one (counted from 0) as they are; empty tunes all</source>
            <translation>保持嵌入和这一层（从 0 数起）以下各层不变；留空则全部微调</translation>
        </message>
        <message>
            <source>kind</source>
            <translation>注意力类型</translation>
        </message>
        <message>
            <source>language of the window</source>
            <translation>简体中文</translation>
        </message>
        <message>
            <source>large models ({0} weights) diverge at larger steps</source>
            <translation>大模型（{0} 个权重）在更大的学习率下会发散</translation>
        </message>
        <message>
            <source>layer {0}, head {1}</source>
            <translation>第 {0} 层，第 {1} 头</translation>
        </message>
        <message>
            <source>layout</source>
            <translation>架构</translation>
        </message>
        <message>
            <source>learning rate</source>
            <translation>学习率</translation>
        </message>
        <message>
            <source>learning rate of a layer as a share of that of the layer above it (fine-tuning); 1 is the same for all</source>
            <translation>每一层的学习率是上面一层的多少倍（微调）；1 表示各层相同</translation>
        </message>
        <message>
            <source>learning the vocabulary</source>
            <translation>正在学习词表</translation>
        </message>
        <message>
            <source>left over</source>
            <translation>未使用</translation>
        </message>
        <message>
            <source>letters that were read with a wrong encoding stand</source>
            <translation>有用错误编码读取的字符</translation>
        </message>
        <message>
            <source>line breaks stand</source>
            <translation>有换行</translation>
        </message>
        <message>
            <source>line {0} is the first whose {1} cells are all filled; what stands above it are titles</source>
            <translation>第 {0} 行是第一个 {1} 个单元格全部有内容的行；它上面的都是标题</translation>
        </message>
        <message>
            <source>line {0}{1} has a token without a tag</source>
            <translation>第 {0}{1} 行有一个没有标签的词</translation>
        </message>
        <message>
            <source>lines above the table to pass over; found when empty</source>
            <translation>表格上方要跳过的行数；留空则自动判断</translation>
        </message>
        <message>
            <source>loading the engine</source>
            <translation>正在载入引擎</translation>
        </message>
        <message>
            <source>logits of shape {0} do not fit the question</source>
            <translation>形状为 {0} 的 logits 与所问的不符</translation>
        </message>
        <message>
            <source>longest gradient (its norm) that is used whole; 0 never shortens</source>
            <translation>超过这个范数的梯度会被缩短；0 表示从不缩短</translation>
        </message>
        <message>
            <source>longest input in tokens; what is longer is cut, and counted</source>
            <translation>输入最多多少个词元；更长的会被截断并计数</translation>
        </message>
        <message>
            <source>longest target in tokens (seq2seq)</source>
            <translation>目标最多多少个词元（seq2seq）</translation>
        </message>
        <message>
            <source>looking at how the file is read</source>
            <translation>正在检查文件的读取方式</translation>
        </message>
        <message>
            <source>looking at single cells</source>
            <translation>正在检查单元格</translation>
        </message>
        <message>
            <source>looking at the columns</source>
            <translation>正在查看各列</translation>
        </message>
        <message>
            <source>looking at the labels</source>
            <translation>正在检查标签</translation>
        </message>
        <message>
            <source>make up for rare classes: weigh their rows more (weights), or read them more often and frequent ones less (resample)</source>
            <translation>弥补稀少的类别：加大其样本的权重（weights），或者多读稀少类、少读常见类（resample）</translation>
        </message>
        <message>
            <source>mean of {0}</source>
            <translation>{0} 的平均</translation>
        </message>
        <message>
            <source>mean product</source>
            <translation>平均内积</translation>
        </message>
        <message>
            <source>measuring steps</source>
            <translation>正在测量训练步的速度</translation>
        </message>
        <message>
            <source>measuring texts</source>
            <translation>正在测量文本长度</translation>
        </message>
        <message>
            <source>memory</source>
            <translation>内存</translation>
        </message>
        <message>
            <source>memory of the gradient (sgd)</source>
            <translation>对梯度的记忆（sgd）</translation>
        </message>
        <message>
            <source>memory of the squared gradient (adam, adamw)</source>
            <translation>对梯度平方的记忆（adam、adamw）</translation>
        </message>
        <message>
            <source>mends of the doctor to apply to the rows before the split, in this order, with spaces between</source>
            <translation>划分之前按此顺序对各行施用的体检修补，以空格分隔</translation>
        </message>
        <message>
            <source>mirrored position</source>
            <translation>镜像位置</translation>
        </message>
        <message>
            <source>missing from font</source>
            <translation>字体中没有</translation>
        </message>
        <message>
            <source>model config</source>
            <translation>模型配置</translation>
        </message>
        <message>
            <source>models that are compared</source>
            <translation>所比较的模型</translation>
        </message>
        <message>
            <source>most disk space for the film of a run, in millions of bytes; 0 records none</source>
            <translation>一次运行的影片最多占用的磁盘空间，单位为百万字节；0 表示不记录</translation>
        </message>
        <message>
            <source>most entries a trained vocabulary may have</source>
            <translation>训练得到的词表最多有多少项</translation>
        </message>
        <message>
            <source>must be 0 for the task {0}</source>
            <translation>任务 {0} 下必须为 0</translation>
        </message>
        <message>
            <source>must be a finite number</source>
            <translation>必须是有限的数</translation>
        </message>
        <message>
            <source>must be a multiple of heads = {0}, such as {1}</source>
            <translation>必须是 heads = {0} 的倍数，例如 {1}</translation>
        </message>
        <message>
            <source>must be a number, such as 0.001</source>
            <translation>必须是数字，例如 0.001</translation>
        </message>
        <message>
            <source>must be a text</source>
            <translation>必须是文本</translation>
        </message>
        <message>
            <source>must be a text without a NUL character</source>
            <translation>必须是不含 NUL 字符的文本</translation>
        </message>
        <message>
            <source>must be a whole number of steps, 0 or more</source>
            <translation>必须是步数，即不小于 0 的整数</translation>
        </message>
        <message>
            <source>must be a whole number, counted from 0</source>
            <translation>必须是从 0 数起的整数</translation>
        </message>
        <message>
            <source>must be a whole number, such as 4</source>
            <translation>必须是整数，例如 4</translation>
        </message>
        <message>
            <source>must be at least 0 and less than 1</source>
            <translation>必须至少是 0 且小于 1</translation>
        </message>
        <message>
            <source>must be at least {0}</source>
            <translation>必须至少是 {0}</translation>
        </message>
        <message>
            <source>must be at most {0}</source>
            <translation>必须至多是 {0}</translation>
        </message>
        <message>
            <source>must be auto, cpu, cuda, cuda:N or mps</source>
            <translation>必须是 auto、cpu、cuda、cuda:N 或 mps</translation>
        </message>
        <message>
            <source>must be less than {0}</source>
            <translation>必须小于 {0}</translation>
        </message>
        <message>
            <source>must be more than 0 and at most 100</source>
            <translation>必须大于 0 且不超过 100</translation>
        </message>
        <message>
            <source>must be more than {0}</source>
            <translation>必须大于 {0}</translation>
        </message>
        <message>
            <source>must be none for the task {0}</source>
            <translation>任务 {0} 只能设为 none</translation>
        </message>
        <message>
            <source>must be of type str</source>
            <translation>必须是 str 类型</translation>
        </message>
        <message>
            <source>must be one character, or none</source>
            <translation>必须是一个字符，或 none</translation>
        </message>
        <message>
            <source>must be one of {0}</source>
            <translation>必须是以下之一：{0}</translation>
        </message>
        <message>
            <source>must be one to four characters</source>
            <translation>必须是一到四个字符</translation>
        </message>
        <message>
            <source>must be tables under [[edits]]</source>
            <translation>必须是 [[edits]] 下的表</translation>
        </message>
        <message>
            <source>must be yes or no (true or false)</source>
            <translation>必须为是或否（true 或 false）</translation>
        </message>
        <message>
            <source>must be {0}</source>
            <translation>必须是 {0}</translation>
        </message>
        <message>
            <source>must not hold a NUL character</source>
            <translation>不能含有 NUL 字符</translation>
        </message>
        <message>
            <source>named like a token-per-line file, and {0} of its lines end in a tag</source>
            <translation>文件名像每行一词的文件，且 {0} 的行以标签结尾</translation>
        </message>
        <message>
            <source>near duplicate of a text</source>
            <translation>与另一文本近似重复</translation>
        </message>
        <message>
            <source>needs a pretrained model (model.model)</source>
            <translation>需要预训练模型（model.model）</translation>
        </message>
        <message>
            <source>needs an even head width, and d_model / heads is {0}</source>
            <translation>需要偶数的头宽度，而 d_model / heads 是 {0}</translation>
        </message>
        <message>
            <source>never closed</source>
            <translation>一直没有闭合</translation>
        </message>
        <message>
            <source>next token</source>
            <translation>下一个词元</translation>
        </message>
        <message>
            <source>no answer came in time</source>
            <translation>未能及时得到答复</translation>
        </message>
        <message>
            <source>no attention was seen</source>
            <translation>没有看到注意力</translation>
        </message>
        <message>
            <source>no block was met in a pass</source>
            <translation>一次前向计算中没有遇到任何块</translation>
        </message>
        <message>
            <source>no byte order mark, but {0} of the bytes are zero and {1} of the characters are everyday as {2}, {3} in the other byte order</source>
            <translation>没有字节顺序标记，但 {0} 的字节为零；按 {2} 读时 {1} 的字符是日常字符，按相反的字节顺序读时为 {3}</translation>
        </message>
        <message>
            <source>no cell of the first rows holds more than one label</source>
            <translation>前面各行的单元格都只有一个标签</translation>
        </message>
        <message>
            <source>no column holds text to read</source>
            <translation>没有一列存放可读的文本</translation>
        </message>
        <message>
            <source>no column looks like the target of {0}</source>
            <translation>没有一列像 {0} 的目标</translation>
        </message>
        <message>
            <source>no column says how two texts compare</source>
            <translation>没有哪一列说明两段文本之间的关系</translation>
        </message>
        <message>
            <source>no columns look like a question, the passage it is about, and an answer that stands in the passage</source>
            <translation>没有哪几列看起来分别是问题、相关段落和出现在段落中的答案</translation>
        </message>
        <message>
            <source>no cross attention was recorded</source>
            <translation>没有记录交叉注意力</translation>
        </message>
        <message>
            <source>no data</source>
            <translation>没有数据</translation>
        </message>
        <message>
            <source>no decoder attention was recorded</source>
            <translation>没有记录解码器自注意力</translation>
        </message>
        <message>
            <source>no delimiter gives rows of equal width</source>
            <translation>没有一种分隔符能得到等宽的行</translation>
        </message>
        <message>
            <source>no delimiter gives rows of equal width ({0})</source>
            <translation>没有一种分隔符能得到等宽的行（{0}）</translation>
        </message>
        <message>
            <source>no delimiter gives rows of equal width ({0}); also possible: {1}</source>
            <translation>没有一种分隔符能得到等宽的行（{0}）；也有可能是：{1}</translation>
        </message>
        <message>
            <source>no delimiter gives rows of equal width; also possible: {0}</source>
            <translation>没有一种分隔符能得到等宽的行；也有可能是：{0}</translation>
        </message>
        <message>
            <source>no encoder attention was recorded</source>
            <translation>没有记录编码器自注意力</translation>
        </message>
        <message>
            <source>no layer is left for LoRA: all are frozen</source>
            <translation>没有可加 LoRA 的层：所有层都被冻结了</translation>
        </message>
        <message>
            <source>no layers are found in {0}</source>
            <translation>在 {0} 中找不到层</translation>
        </message>
        <message>
            <source>no line above line {0} has {1} cells</source>
            <translation>第 {0} 行之前没有一行有 {1} 个单元格</translation>
        </message>
        <message>
            <source>no line holds a JSON object with fields</source>
            <translation>没有一行是带字段的 JSON 对象</translation>
        </message>
        <message>
            <source>no moment of this film can be read</source>
            <translation>这段影片的任何时刻都无法读取</translation>
        </message>
        <message>
            <source>no numbers: {0}</source>
            <translation>不是数字的有：{0}</translation>
        </message>
        <message>
            <source>no picture is chosen</source>
            <translation>未选择图片</translation>
        </message>
        <message>
            <source>no room is left on the disk</source>
            <translation>磁盘上没有剩余空间</translation>
        </message>
        <message>
            <source>no row can be used ({0} read)</source>
            <translation>没有一行可用（读入 {0} 行）</translation>
        </message>
        <message>
            <source>no row can be used ({0} read): the column {1} is empty in all of them</source>
            <translation>没有可用的行（读取了 {0} 行）：{1} 列在所有行中都为空</translation>
        </message>
        <message>
            <source>no row can be used ({0} read); {1}</source>
            <translation>没有一行可用（读取了 {0} 行）；{1}</translation>
        </message>
        <message>
            <source>no row can be used ({0} read; {1})</source>
            <translation>没有一行可用（读入 {0} 行；{1}）</translation>
        </message>
        <message>
            <source>no row can be used ({0} read; {1}); {2}</source>
            <translation>没有一行可用（读取了 {0} 行；{1}）；{2}</translation>
        </message>
        <message>
            <source>no row could be read: all of the first {0} records break the rules of quote {1}</source>
            <translation>没有一行能读：前 {0} 条记录全都违反引号 {1} 的规则</translation>
        </message>
        <message>
            <source>no row has a label</source>
            <translation>没有一行带有标签</translation>
        </message>
        <message>
            <source>no row is left after the mend {0}</source>
            <translation>修正 {0} 之后没有剩下任何行</translation>
        </message>
        <message>
            <source>no small batch can be made for this model</source>
            <translation>无法为这个模型造出一个小批次</translation>
        </message>
        <message>
            <source>no table is named</source>
            <translation>没有指定表</translation>
        </message>
        <message>
            <source>no table was given</source>
            <translation>没有给出表</translation>
        </message>
        <message>
            <source>no text was looked at yet</source>
            <translation>还没有观察过文本</translation>
        </message>
        <message>
            <source>no two columns of text are found to be compared</source>
            <translation>没有找到可以比较的两个文本列</translation>
        </message>
        <message>
            <source>no {0} in the first {1} characters; the usual one is assumed</source>
            <translation>前 {1} 个字符中没有 {0}；按常用的引号处理</translation>
        </message>
        <message>
            <source>non-linearity of the feed-forward block</source>
            <translation>前馈层的非线性函数</translation>
        </message>
        <message>
            <source>not valid UTF-8; read as {0}, {1} of {2} characters outside ASCII are everyday in {3} ({4})</source>
            <translation>不是有效的 UTF-8；按 {0} 读时，{2} 个非 ASCII 字符中有 {1} 是{3}的常用字符（{4}）</translation>
        </message>
        <message>
            <source>not valid UTF-8; read as {0}, {1} of {2} characters outside ASCII are everyday in {3} ({4}); not ruled out: {5}</source>
            <translation>不是有效的 UTF-8；按 {0} 读时，{2} 个非 ASCII 字符中有 {1} 是{3}的常用字符（{4}）；不能排除：{5}</translation>
        </message>
        <message>
            <source>not valid UTF-8; read as {0}, {1} of {2} characters outside ASCII are everyday in {3} ({4}); not ruled out: {5}{6}</source>
            <translation>不是有效的 UTF-8；按 {0} 读时，{2} 个非 ASCII 字符中有 {1} 是{3}的常用字符（{4}）；不能排除：{5}{6}</translation>
        </message>
        <message>
            <source>not valid UTF-8; read as {0}, {1} of {2} characters outside ASCII are everyday in {3} ({4}){5}</source>
            <translation>不是有效的 UTF-8；按 {0} 读时，{2} 个非 ASCII 字符中有 {1} 是{3}的常用字符（{4}）{5}</translation>
        </message>
        <message>
            <source>nothing in it says otherwise</source>
            <translation>没有相反的迹象</translation>
        </message>
        <message>
            <source>nothing stands in this column</source>
            <translation>这一列是空的</translation>
        </message>
        <message>
            <source>nothing was recorded of this run</source>
            <translation>这次运行没有留下任何记录</translation>
        </message>
        <message>
            <source>number format of the arithmetic; auto takes bf16 where the device is made for it</source>
            <translation>运算的数值格式；auto 在适合的设备上使用 bf16</translation>
        </message>
        <message>
            <source>numbers stand below {0}</source>
            <translation>{0} 下面都是数字</translation>
        </message>
        <message>
            <source>numbers with a decimal comma: {0}</source>
            <translation>数字以逗号作小数点：{0}</translation>
        </message>
        <message>
            <source>numbers with a decimal point: {0}</source>
            <translation>数字以点号作小数点：{0}</translation>
        </message>
        <message>
            <source>of another shape</source>
            <translation>形状不同</translation>
        </message>
        <message>
            <source>often enough to keep the best moment, seldom enough to cost little</source>
            <translation>足够频繁，能留住最好的时刻；又足够稀疏，花费很小</translation>
        </message>
        <message>
            <source>one query alone does not say which position it has</source>
            <translation>单独一个查询看不出它在哪个位置</translation>
        </message>
        <message>
            <source>one token is chosen for pictures only</source>
            <translation>只有图片才能选择单个词元</translation>
        </message>
        <message>
            <source>only ASCII bytes, which every common encoding reads the same</source>
            <translation>只有 ASCII 字节，各种常见编码读出来都一样</translation>
        </message>
        <message>
            <source>only ASCII bytes, which every common encoding reads the same (looked at the head and sixteen places of a large file)</source>
            <translation>只有 ASCII 字节，各种常见编码读出来都一样（只看了这个大文件的开头和十六处）</translation>
        </message>
        <message>
            <source>only ASCII bytes, with the escape sequences of ISO-2022-JP</source>
            <translation>只有 ASCII 字节，并带有 ISO-2022-JP 的转义序列</translation>
        </message>
        <message>
            <source>only a choice between classes has a target that can be softened</source>
            <translation>只有在类别之间选择的任务才能软化目标</translation>
        </message>
        <message>
            <source>only in upper case, spaces, hyphens or width</source>
            <translation>只在大小写、空格、连字符或全半角上不同</translation>
        </message>
        <message>
            <source>opening the model</source>
            <translation>正在打开模型</translation>
        </message>
        <message>
            <source>opening the table</source>
            <translation>正在打开表</translation>
        </message>
        <message>
            <source>optimiser steps, at most</source>
            <translation>优化器最多走多少步</translation>
        </message>
        <message>
            <source>outside words</source>
            <translation>词语之外</translation>
        </message>
        <message>
            <source>pair</source>
            <translation>第二段文本</translation>
        </message>
        <message>
            <source>parts of words</source>
            <translation>词的片段</translation>
        </message>
        <message>
            <source>pass {0}</source>
            <translation>第 {0} 遍</translation>
        </message>
        <message>
            <source>passes over the training rows, at most</source>
            <translation>最多遍历训练行多少遍</translation>
        </message>
        <message>
            <source>patterns over {0} and {1} queries and keys cannot be compared</source>
            <translation>查询和键数为 {0} 与 {1} 的模式无法比较</translation>
        </message>
        <message>
            <source>picture</source>
            <translation>图片</translation>
        </message>
        <message>
            <source>pieces of a word added up</source>
            <translation>同一个词的各部分相加</translation>
        </message>
        <message>
            <source>predicting</source>
            <translation>正在预测</translation>
        </message>
        <message>
            <source>predictions are not written as {0}</source>
            <translation>预测不能写成 {0}</translation>
        </message>
        <message>
            <source>previous token</source>
            <translation>前一词元</translation>
        </message>
        <message>
            <source>project of Weights &amp; Biases to report to, where that package is installed; empty reports nowhere</source>
            <translation>要上报到的 Weights &amp; Biases 项目（需已安装其软件包）；留空则不上报</translation>
        </message>
        <message>
            <source>pull of the weights towards zero</source>
            <translation>把权重拉向零的力度</translation>
        </message>
        <message>
            <source>query</source>
            <translation>查询</translation>
        </message>
        <message>
            <source>quote never closed</source>
            <translation>引号一直没有闭合</translation>
        </message>
        <message>
            <source>read as letters, " leaves more rows readable than as a quote</source>
            <translation>把 " 当作普通字符比当作引号能读出更多的行</translation>
        </message>
        <message>
            <source>reading</source>
            <translation>正在读取</translation>
        </message>
        <message>
            <source>reading the table</source>
            <translation>正在读取表</translation>
        </message>
        <message>
            <source>reading the validation rows</source>
            <translation>正在读取验证行</translation>
        </message>
        <message>
            <source>reading was stopped</source>
            <translation>读取已停止</translation>
        </message>
        <message>
            <source>repeating the training</source>
            <translation>正在重演训练</translation>
        </message>
        <message>
            <source>report.json cannot be read: {0}</source>
            <translation>无法读取 report.json：{0}</translation>
        </message>
        <message>
            <source>rollout</source>
            <translation>注意力展开（rollout）</translation>
        </message>
        <message>
            <source>rotary positions need an even head width, and hidden_size / num_attention_heads is {0}</source>
            <translation>旋转位置编码需要偶数的头宽度，而 hidden_size / num_attention_heads 是 {0}</translation>
        </message>
        <message>
            <source>rotary positions turn pairs of dimensions</source>
            <translation>旋转位置编码成对地旋转维度</translation>
        </message>
        <message>
            <source>row {0}, column {1}: a cell of a workbook holds {2} letters, this one has {3}</source>
            <translation>第 {0} 行、{1} 列：工作簿的一个单元格最多容纳 {2} 个字符，而这里有 {3} 个</translation>
        </message>
        <message>
            <source>running text begins with the first line</source>
            <translation>连续文本从第一行开始</translation>
        </message>
        <message>
            <source>running text has no header</source>
            <translation>连续文本没有表头</translation>
        </message>
        <message>
            <source>running text is not cut into cells</source>
            <translation>连续文本不切成单元格</translation>
        </message>
        <message>
            <source>running text is read letter by letter</source>
            <translation>连续文本逐字读取</translation>
        </message>
        <message>
            <source>running text, a line in each row: {0}</source>
            <translation>连续文本，每行算一行：{0}</translation>
        </message>
        <message>
            <source>same token</source>
            <translation>自身词元</translation>
        </message>
        <message>
            <source>scoring the export</source>
            <translation>正在为导出评分</translation>
        </message>
        <message>
            <source>seconds of training, at most; what was learned by then is kept</source>
            <translation>最多训练多少秒；到那时学到的都会保留</translation>
        </message>
        <message>
            <source>seed of the split</source>
            <translation>划分的随机种子</translation>
        </message>
        <message>
            <source>seed of weights, batch order and dropout</source>
            <translation>权重、批次顺序和 dropout 的随机种子</translation>
        </message>
        <message>
            <source>semicolon</source>
            <translation>分号</translation>
        </message>
        <message>
            <source>several layers use the same weights</source>
            <translation>几个层使用相同的权重</translation>
        </message>
        <message>
            <source>share of LoRA's inputs switched off at random while training</source>
            <translation>训练时随机关闭的 LoRA 输入比例</translation>
        </message>
        <message>
            <source>share of activations switched off at random while training</source>
            <translation>训练时随机关闭的激活的比例</translation>
        </message>
        <message>
            <source>share of attention weights switched off while training (slow on CPU)</source>
            <translation>训练时关闭的注意力权重的比例（在 CPU 上较慢）</translation>
        </message>
        <message>
            <source>share of input tokens before which another one is put while training</source>
            <translation>训练时在其前面插入另一个词元的输入词元比例</translation>
        </message>
        <message>
            <source>share of input tokens hidden at random while training</source>
            <translation>训练时随机遮住的输入词元的比例</translation>
        </message>
        <message>
            <source>share of input tokens left out while training</source>
            <translation>训练时被删去的输入词元比例</translation>
        </message>
        <message>
            <source>share of input tokens replaced by others while training, anew at each reading</source>
            <translation>训练时被其他词元替换的输入词元比例，每次读取都重新抽取</translation>
        </message>
        <message>
            <source>share of input tokens that change places with another one while training</source>
            <translation>训练时与另一个词元互换位置的输入词元比例</translation>
        </message>
        <message>
            <source>share of the rows kept aside for a last, untouched score</source>
            <translation>留作最后一次评分、从不使用的行的比例</translation>
        </message>
        <message>
            <source>share of the rows kept aside to choose the best moment</source>
            <translation>留作验证集、用来选出最佳时刻的行的比例</translation>
        </message>
        <message>
            <source>share of the steps over which the learning rate rises from zero</source>
            <translation>学习率从零升到最高所占的步数比例</translation>
        </message>
        <message>
            <source>share of the target given evenly to all classes</source>
            <translation>平均分给所有类别的目标比例</translation>
        </message>
        <message>
            <source>share of tokens to guess (masked-lm)</source>
            <translation>要猜的词元的比例（masked-lm）</translation>
        </message>
        <message>
            <source>sheet {0} holds no rows</source>
            <translation>工作表 {0} 没有数据行</translation>
        </message>
        <message>
            <source>sheet {0} is the first with a table</source>
            <translation>工作表 {0} 是第一张有表的工作表</translation>
        </message>
        <message>
            <source>sheet {0} is the first with a table, of {1}</source>
            <translation>工作表 {0} 是第一张有表的工作表，共有 {1}</translation>
        </message>
        <message>
            <source>sheet {0} was given</source>
            <translation>工作表 {0} 由你指定</translation>
        </message>
        <message>
            <source>sheet {0} was given, of {1}</source>
            <translation>工作表 {0} 由你指定，共有 {1}</translation>
        </message>
        <message>
            <source>short rows of a few symbols</source>
            <translation>由少数符号组成的短行</translation>
        </message>
        <message>
            <source>shuffled words stand in another order in each of these models</source>
            <translation>打乱后的词语在这两个模型中顺序各不相同</translation>
        </message>
        <message>
            <source>signs of lost characters stand</source>
            <translation>有字符丢失的迹象</translation>
        </message>
        <message>
            <source>size of LoRA's changes: they are multiplied by alpha / rank; twice the rank when empty</source>
            <translation>LoRA 改动的大小：乘以 alpha / rank；留空则为秩的两倍</translation>
        </message>
        <message>
            <source>so can {0} of {1} cells be read</source>
            <translation>{1} 个单元格中有 {0} 个可以这样读</translation>
        </message>
        <message>
            <source>some rows must be left to learn from</source>
            <translation>必须留下一些行用来学习</translation>
        </message>
        <message>
            <source>something else lies there by now</source>
            <translation>那里现在已有别的内容</translation>
        </message>
        <message>
            <source>space</source>
            <translation>空格</translation>
        </message>
        <message>
            <source>spaces stand around the cells, as in columns of a fixed width,</source>
            <translation>有单元格两端的空格（如固定宽度的列）</translation>
        </message>
        <message>
            <source>special tokens</source>
            <translation>特殊词元</translation>
        </message>
        <message>
            <source>special tokens hidden</source>
            <translation>隐藏特殊词元</translation>
        </message>
        <message>
            <source>stands above the table</source>
            <translation>位于表的上方</translation>
        </message>
        <message>
            <source>stands above the text</source>
            <translation>位于文本的上方</translation>
        </message>
        <message>
            <source>step size at its highest</source>
            <translation>最高时的学习率</translation>
        </message>
        <message>
            <source>step {0}</source>
            <translation>第 {0} 步</translation>
        </message>
        <message>
            <source>stopped before it began</source>
            <translation>尚未开始就已停止</translation>
        </message>
        <message>
            <source>stopped while a film was written</source>
            <translation>写影片时被停止</translation>
        </message>
        <message>
            <source>stopped while counting</source>
            <translation>统计时停止</translation>
        </message>
        <message>
            <source>stopped while encoding</source>
            <translation>在编码时停止了</translation>
        </message>
        <message>
            <source>stopped while encoding {0}</source>
            <translation>在编码 {0} 时停止了</translation>
        </message>
        <message>
            <source>stopped while fetching a model</source>
            <translation>下载模型时已停止</translation>
        </message>
        <message>
            <source>stopped while flows were worked out</source>
            <translation>计算注意力流时停止</translation>
        </message>
        <message>
            <source>stopped while heads were compared</source>
            <translation>比较注意力头时被停止</translation>
        </message>
        <message>
            <source>stopped while heads were scored</source>
            <translation>在给头评分时停止</translation>
        </message>
        <message>
            <source>stopped while heads were switched off</source>
            <translation>在逐个关闭头时停止</translation>
        </message>
        <message>
            <source>stopped while layers were read</source>
            <translation>在读取各层时停止</translation>
        </message>
        <message>
            <source>stopped while learning the vocabulary</source>
            <translation>在学习词表时停止了</translation>
        </message>
        <message>
            <source>stopped while listing runs</source>
            <translation>列出运行时停止</translation>
        </message>
        <message>
            <source>stopped while looking at the table</source>
            <translation>检查表格时已停止</translation>
        </message>
        <message>
            <source>stopped while measuring steps</source>
            <translation>在测量训练步的速度时停止了</translation>
        </message>
        <message>
            <source>stopped while reading</source>
            <translation>在读取时停止了</translation>
        </message>
        <message>
            <source>stopped while scoring</source>
            <translation>在评分时停止了</translation>
        </message>
        <message>
            <source>stopped while the export was scored</source>
            <translation>在为导出评分时停止</translation>
        </message>
        <message>
            <source>stopped while the training was repeated</source>
            <translation>在重演训练时已停止</translation>
        </message>
        <message>
            <source>stopped, together with the process that was at work</source>
            <translation>已停止，正在工作的进程也一并结束</translation>
        </message>
        <message>
            <source>stopped; the predictions of {0} of {1} rows are kept</source>
            <translation>已停止；{1} 行中 {0} 行的预测结果已保留</translation>
        </message>
        <message>
            <source>tab</source>
            <translation>制表符</translation>
        </message>
        <message>
            <source>tags or codes of web pages stand</source>
            <translation>有网页的标签或代码</translation>
        </message>
        <message>
            <source>target column</source>
            <translation>目标列</translation>
        </message>
        <message>
            <source>target is no list of labels</source>
            <translation>目标不是标签列表</translation>
        </message>
        <message>
            <source>target is not a number</source>
            <translation>目标不是数字</translation>
        </message>
        <message>
            <source>text</source>
            <translation>文本</translation>
        </message>
        <message>
            <source>text follows a closing {0}</source>
            <translation>闭合的 {0} 后面还有文字</translation>
        </message>
        <message>
            <source>text has lost characters</source>
            <translation>文本丢失了字符</translation>
        </message>
        <message>
            <source>text is in the test table</source>
            <translation>文本出现在测试表中</translation>
        </message>
        <message>
            <source>text with another target further up</source>
            <translation>前面已有目标不同的相同文本</translation>
        </message>
        <message>
            <source>text with several labels</source>
            <translation>文本有多个标签</translation>
        </message>
        <message>
            <source>texts of {0} tokens are longer than the model's {1}</source>
            <translation>长为 {0} 个词元的文本超过了模型的 {1} 个</translation>
        </message>
        <message>
            <source>that is what the task {0} reads and writes with</source>
            <translation>任务 {0} 就是用它来读和写的</translation>
        </message>
        <message>
            <source>the ONNX file answers differently: {0} {1} became {2}, a probability moved by up to {3}</source>
            <translation>ONNX 文件的回答不同：{0} 由 {1} 变为 {2}，概率最多变动 {3}</translation>
        </message>
        <message>
            <source>the Parquet file is broken: {0}</source>
            <translation>Parquet 文件已损坏：{0}</translation>
        </message>
        <message>
            <source>the answer does not follow from the last block alone</source>
            <translation>模型的答案并不只取决于最后一块</translation>
        </message>
        <message>
            <source>the answer is not in the passage</source>
            <translation>答案不在段落中</translation>
        </message>
        <message>
            <source>the answers could not be written: {0}</source>
            <translation>无法写入答案：{0}</translation>
        </message>
        <message>
            <source>the answers of {0} stand in it</source>
            <translation>{0} 的答案出现在其中</translation>
        </message>
        <message>
            <source>the architecture {0} is not known</source>
            <translation>不支持架构 {0}</translation>
        </message>
        <message>
            <source>the architecture {0} is not known (it would need a program of its own, which is never run)</source>
            <translation>不支持架构 {0}（它需要自带的程序，而这样的程序从不运行）</translation>
        </message>
        <message>
            <source>the archive holds {0} files ({1})</source>
            <translation>压缩包里有 {0} 个文件（{1}）</translation>
        </message>
        <message>
            <source>the archive is locked with a password</source>
            <translation>压缩包有密码</translation>
        </message>
        <message>
            <source>the array is too large to be read in one piece</source>
            <translation>数组太大，无法一次读入</translation>
        </message>
        <message>
            <source>the branch could not be written: {0}</source>
            <translation>无法写入分支：{0}</translation>
        </message>
        <message>
            <source>the bytes are not valid {0}: {1} of the first {2} lines do not decode</source>
            <translation>这些字节不是有效的 {0}：前 {2} 行中有 {1} 行无法解码</translation>
        </message>
        <message>
            <source>the bytes are not valid {0}: {1} of the first {2} lines does not decode</source>
            <translation>这些字节不是有效的 {0}：前 {2} 行中有 {1} 行无法解码</translation>
        </message>
        <message>
            <source>the checkpoint belongs to another model</source>
            <translation>这个检查点属于另一个模型</translation>
        </message>
        <message>
            <source>the checkpoint could not be written: {0}</source>
            <translation>检查点无法写入：{0}</translation>
        </message>
        <message>
            <source>the column of the second text: of a pair, or the passage that holds the answer to a question; guessed when empty</source>
            <translation>第二段文本所在的列：文本对中的另一段，或含有答案的段落；留空时自动推测</translation>
        </message>
        <message>
            <source>the column to predict: class, number, tags or target text; guessed when empty</source>
            <translation>要预测的列：类别、数字、标签或目标文本；留空时由程序猜测</translation>
        </message>
        <message>
            <source>the column to read; guessed when empty</source>
            <translation>要读的列；留空时由程序猜测</translation>
        </message>
        <message>
            <source>the column with the character of the passage at which an answer begins (question-answering); found when empty</source>
            <translation>标明答案从段落第几个字符开始的列（问答）；留空时自动查找</translation>
        </message>
        <message>
            <source>the column {0} that the model was trained on is not in this table</source>
            <translation>这张表里没有模型训练时所用的列 {0}</translation>
        </message>
        <message>
            <source>the column {0} with the second text is not in this table</source>
            <translation>此表中没有存放第二段文本的列 {0}</translation>
        </message>
        <message>
            <source>the columns that look most like texts</source>
            <translation>最像文本的两列</translation>
        </message>
        <message>
            <source>the device does not have the memory for one step</source>
            <translation>设备的内存连一步都放不下</translation>
        </message>
        <message>
            <source>the device failed: {0}</source>
            <translation>设备出错：{0}</translation>
        </message>
        <message>
            <source>the device ran out of memory</source>
            <translation>设备的内存用完了</translation>
        </message>
        <message>
            <source>the disk or drive does not answer as it should</source>
            <translation>磁盘或驱动器没有正常响应</translation>
        </message>
        <message>
            <source>the encoded rows cannot be kept on disk: {0}</source>
            <translation>编码后的行无法存到磁盘：{0}</translation>
        </message>
        <message>
            <source>the engine's process was ended from outside</source>
            <translation>引擎进程被外部终止</translation>
        </message>
        <message>
            <source>the engine's process was ended from outside (status {0})</source>
            <translation>引擎进程被外部终止（状态 {0}）</translation>
        </message>
        <message>
            <source>the experiment cannot be read: {0}</source>
            <translation>无法读取实验：{0}</translation>
        </message>
        <message>
            <source>the export could not be written: {0}</source>
            <translation>无法写入导出：{0}</translation>
        </message>
        <message>
            <source>the file begins with the {0} byte order mark {1}</source>
            <translation>文件以 {0} 的字节顺序标记 {1} 开头</translation>
        </message>
        <message>
            <source>the file can no longer be read: {0}</source>
            <translation>文件已不能读取：{0}</translation>
        </message>
        <message>
            <source>the file cannot be read: {0}</source>
            <translation>无法读取文件：{0}</translation>
        </message>
        <message>
            <source>the file cannot be written: {0}</source>
            <translation>无法写入文件：{0}</translation>
        </message>
        <message>
            <source>the file could not be written ({0})</source>
            <translation>文件无法写入（{0}）</translation>
        </message>
        <message>
            <source>the file has {0} MB</source>
            <translation>文件大小为 {0} MB</translation>
        </message>
        <message>
            <source>the file is empty</source>
            <translation>文件是空的</translation>
        </message>
        <message>
            <source>the file is running text</source>
            <translation>文件是连续文本</translation>
        </message>
        <message>
            <source>the film cannot be written: {0}</source>
            <translation>影片写不出来：{0}</translation>
        </message>
        <message>
            <source>the film could not be written: {0}</source>
            <translation>影片无法写入：{0}</translation>
        </message>
        <message>
            <source>the first is line {0}: {1}</source>
            <translation>第一处在第 {0} 行：{1}</translation>
        </message>
        <message>
            <source>the first line has the cells of the table</source>
            <translation>第一行就有表格的单元格</translation>
        </message>
        <message>
            <source>the first line stays</source>
            <translation>第一行会留下</translation>
        </message>
        <message>
            <source>the first row is data</source>
            <translation>第一行是数据</translation>
        </message>
        <message>
            <source>the first row is data: nothing in it says otherwise</source>
            <translation>第一行是数据：没有相反的迹象</translation>
        </message>
        <message>
            <source>the first row is data: {0}</source>
            <translation>第一行是数据：{0}</translation>
        </message>
        <message>
            <source>the first row names the columns</source>
            <translation>第一行是列名</translation>
        </message>
        <message>
            <source>the first row names the columns: nothing in it says otherwise</source>
            <translation>第一行是列名：没有相反的迹象</translation>
        </message>
        <message>
            <source>the first row names the columns: {0}</source>
            <translation>第一行是列名：{0}</translation>
        </message>
        <message>
            <source>the flow over {0} tokens would take too long</source>
            <translation>{0} 个词元的注意力流计算时间过长</translation>
        </message>
        <message>
            <source>the folder does not exist</source>
            <translation>文件夹不存在</translation>
        </message>
        <message>
            <source>the folder read back is not the model that was trained: {0} {1} became {2}, a probability moved by up to {3}</source>
            <translation>读回的文件夹不是训练所得的模型：{0} 由 {1} 变为 {2}，概率最多变动 {3}</translation>
        </message>
        <message>
            <source>the hub refused: {0}</source>
            <translation>Hub 拒绝了请求：{0}</translation>
        </message>
        <message>
            <source>the index of the weights names no files</source>
            <translation>权重的索引没有列出任何文件</translation>
        </message>
        <message>
            <source>the kept answers cannot be read: {0}</source>
            <translation>无法读取保存的答案：{0}</translation>
        </message>
        <message>
            <source>the label changes only once from row to row, with {0} classes</source>
            <translation>标签从一行到下一行只变化 1 次，而类别有 {0} 个</translation>
        </message>
        <message>
            <source>the label changes only {0} times from row to row, with {1} classes</source>
            <translation>逐行看，标签只变化 {0} 次，共有 {1} 个类别</translation>
        </message>
        <message>
            <source>the layers have different shapes</source>
            <translation>各层的形状不同</translation>
        </message>
        <message>
            <source>the layers have different shapes: {0}</source>
            <translation>各层的形状不同：{0}</translation>
        </message>
        <message>
            <source>the learning rate falls to its end within few epochs, and the last steps are the best ones</source>
            <translation>学习率在几轮之内降到底，最后的步往往最好</translation>
        </message>
        <message>
            <source>the lens was closed</source>
            <translation>lens 已经关闭</translation>
        </message>
        <message>
            <source>the lens was closed between the forward and the backward pass, so the intervention cannot be repeated</source>
            <translation>lens 在前向和反向传播之间关闭了，所以无法重复干预</translation>
        </message>
        <message>
            <source>the lines end as on a Macintosh before 2001, with a carriage return alone; they are read as lines</source>
            <translation>各行像 2001 年以前的 Macintosh 那样只以回车符结尾；已按行读取</translation>
        </message>
        <message>
            <source>the lines of a running text belong together</source>
            <translation>连续文本的各行是一个整体</translation>
        </message>
        <message>
            <source>the longest of the sample has {0} tokens, {1} are longer than {2}, and beyond {3} attention costs too much here</source>
            <translation>抽样中最长的有 {0} 个词元，{1} 超过 {2} 个，而超过 {3} 个词元注意力在这里太费时间</translation>
        </message>
        <message>
            <source>the longest of the sample has {0} tokens, {1} are longer than {2}, and the model reads {3}</source>
            <translation>抽样中最长的有 {0} 个词元，{1} 超过 {2} 个，而模型最多读 {3} 个</translation>
        </message>
        <message>
            <source>the loss is no longer a number (it is {0})</source>
            <translation>损失不再是有效的数（现在是 {0}）</translation>
        </message>
        <message>
            <source>the mend {0} does not fit:</source>
            <translation>修正 {0} 不适用：</translation>
        </message>
        <message>
            <source>the mend {0} does not fit: its targets stand at places in the text, which would move</source>
            <translation>修正 {0} 不适用：目标指向文本中的位置，改动文本会使位置错开</translation>
        </message>
        <message>
            <source>the mend {0} does not fit: the lines of a running text belong together</source>
            <translation>修正 {0} 不适用：连续文本的各行是一个整体</translation>
        </message>
        <message>
            <source>the mend {0} does not fit: {1} has no classes of rows</source>
            <translation>修正 {0} 不适用：{1} 没有行的类别</translation>
        </message>
        <message>
            <source>the mend {0} does not fit: {1} has no tags</source>
            <translation>修正 {0} 不适用：{1} 没有标记</translation>
        </message>
        <message>
            <source>the model answers otherwise to embeddings than to tokens, so its tokens cannot be weighed</source>
            <translation>模型对嵌入的回答与对词元的回答不同，因此无法衡量各词元</translation>
        </message>
        <message>
            <source>the model can no longer be read: {0}</source>
            <translation>模型无法再读取：{0}</translation>
        </message>
        <message>
            <source>the model cannot be opened: {0}</source>
            <translation>无法打开模型：{0}</translation>
        </message>
        <message>
            <source>the model cannot run the small batch: {0}</source>
            <translation>模型无法运行这个小批次：{0}</translation>
        </message>
        <message>
            <source>the model could not be written: {0}</source>
            <translation>模型无法写入：{0}</translation>
        </message>
        <message>
            <source>the model gives its attention {0}, and what that does to the weights is not known</source>
            <translation>模型把 {0} 传给了注意力，而它对权重有什么影响并不清楚</translation>
        </message>
        <message>
            <source>the model gives no logits, so there is no answer to explain</source>
            <translation>模型不给出 logits，因此没有可解释的答案</translation>
        </message>
        <message>
            <source>the model has no dropout</source>
            <translation>该模型没有 dropout</translation>
        </message>
        <message>
            <source>the model has no token embeddings</source>
            <translation>模型没有词元嵌入</translation>
        </message>
        <message>
            <source>the model has no unembedding, so its layers say no tokens</source>
            <translation>模型没有输出嵌入，因此它的各层说不出词元</translation>
        </message>
        <message>
            <source>the model has {0} layers, so there is no layer {1}</source>
            <translation>模型有 {0} 层，没有第 {1} 层</translation>
        </message>
        <message>
            <source>the model reads {0}</source>
            <translation>模型最多读 {0} 个</translation>
        </message>
        <message>
            <source>the model's files do not say how large it is: this is the usual step</source>
            <translation>模型文件没有说明它有多大：这是常用的学习率</translation>
        </message>
        <message>
            <source>the model's heads are not found</source>
            <translation>找不到该模型的注意力头</translation>
        </message>
        <message>
            <source>the model's output holds no numbers</source>
            <translation>模型的输出里没有数值</translation>
        </message>
        <message>
            <source>the model's own attention gives no weights of the usual shape</source>
            <translation>模型自己的注意力没有给出通常形状的权重</translation>
        </message>
        <message>
            <source>the moment at step {0} is damaged</source>
            <translation>第 {0} 步的时刻已损坏</translation>
        </message>
        <message>
            <source>the output layer uses the embedding matrix (language models, seq2seq)</source>
            <translation>输出层使用嵌入矩阵（语言模型、seq2seq）</translation>
        </message>
        <message>
            <source>the parts in {0} were changed from outside</source>
            <translation>{0} 中的部分结果被外部改动了</translation>
        </message>
        <message>
            <source>the pattern holds values that are not finite</source>
            <translation>注意力模式含有非有限的值</translation>
        </message>
        <message>
            <source>the picture could not be made</source>
            <translation>图片无法生成</translation>
        </message>
        <message>
            <source>the predictions could not be written: {0}</source>
            <translation>预测无法写入：{0}</translation>
        </message>
        <message>
            <source>the pretrained model is not the one this run began with</source>
            <translation>预训练模型不是这次运行开始时的那一个</translation>
        </message>
        <message>
            <source>the program is closing</source>
            <translation>程序正在关闭</translation>
        </message>
        <message>
            <source>the rarest class has 1 row, the commonest {0}</source>
            <translation>最少的类别有 1 行，最多的有 {0} 行</translation>
        </message>
        <message>
            <source>the rarest class has 1 row, the commonest {0}: accuracy is best unweighted</source>
            <translation>最少的类别有 1 行，最多的有 {0} 行：不加权时准确率最好</translation>
        </message>
        <message>
            <source>the rarest class has 1 row, the commonest {0}: without weights the rare one would hardly be predicted</source>
            <translation>最少的类别有 1 行，最多的有 {0} 行：不加权的话，少见的类别几乎不会被预测到</translation>
        </message>
        <message>
            <source>the rarest class has {0} rows, the commonest {1}</source>
            <translation>最少的类别有 {0} 行，最多的有 {1} 行</translation>
        </message>
        <message>
            <source>the rarest class has {0} rows, the commonest {1}: accuracy is best unweighted</source>
            <translation>最少的类别有 {0} 行，最多的有 {1} 行：不加权时准确率最好</translation>
        </message>
        <message>
            <source>the rarest class has {0} rows, the commonest {1}: without weights the rare one would hardly be predicted</source>
            <translation>最少的类别有 {0} 行，最多的有 {1} 行：不加权的话，少见的类别几乎不会被预测到</translation>
        </message>
        <message>
            <source>the repeated training ended before step {0}</source>
            <translation>重演的训练在第 {0} 步之前就结束了</translation>
        </message>
        <message>
            <source>the report cannot be written: {0}</source>
            <translation>无法写入报告：{0}</translation>
        </message>
        <message>
            <source>the report could not be written: {0}</source>
            <translation>报告无法写入：{0}</translation>
        </message>
        <message>
            <source>the report of this run is gone</source>
            <translation>这次运行的报告已丢失</translation>
        </message>
        <message>
            <source>the rows are not at the top: the file is one object with {0}</source>
            <translation>数据行不在最外层：文件是含有 {0} 的单个对象</translation>
        </message>
        <message>
            <source>the rows name their fields</source>
            <translation>各行自己写明了字段名</translation>
        </message>
        <message>
            <source>the run cannot be moved: {0}</source>
            <translation>无法移动此运行：{0}</translation>
        </message>
        <message>
            <source>the run cannot be renamed: {0}</source>
            <translation>无法重命名此运行：{0}</translation>
        </message>
        <message>
            <source>the run folder cannot be made: {0}</source>
            <translation>无法建立运行文件夹：{0}</translation>
        </message>
        <message>
            <source>the run folder cannot be written: {0}</source>
            <translation>无法写入运行文件夹：{0}</translation>
        </message>
        <message>
            <source>the run has made {0} steps, so there is no step {1} to branch at</source>
            <translation>此次运行共走了 {0} 步，没有可以分支的第 {1} 步</translation>
        </message>
        <message>
            <source>the run keeps no answers on its {0} rows</source>
            <translation>该运行没有保存 {0} 行的答案</translation>
        </message>
        <message>
            <source>the run was stopped while its disk was full: {0}</source>
            <translation>训练在磁盘已满时被停止：{0}</translation>
        </message>
        <message>
            <source>the sheet of a workbook; the first one with a table when empty</source>
            <translation>工作簿的工作表；留空时取第一张有表的</translation>
        </message>
        <message>
            <source>the table begins on line {0}{1}</source>
            <translation>表从第 {0} 行开始{1}</translation>
        </message>
        <message>
            <source>the table begins on row {0}</source>
            <translation>表从第 {0} 行开始</translation>
        </message>
        <message>
            <source>the table changed since it was read</source>
            <translation>表格在读取之后被改动了</translation>
        </message>
        <message>
            <source>the table changed while it was being read</source>
            <translation>读取期间表格发生了变化</translation>
        </message>
        <message>
            <source>the table could not be copied for reading: {0}</source>
            <translation>无法把表复制出来读取：{0}</translation>
        </message>
        <message>
            <source>the table has no rows</source>
            <translation>表中没有数据行</translation>
        </message>
        <message>
            <source>the table has no rows, {0} were rejected; the first is line {1}: {2}</source>
            <translation>表里没有任何行，{0} 行被拒绝；第一处在第 {1} 行：{2}</translation>
        </message>
        <message>
            <source>the table is gone since it was read</source>
            <translation>表格在读取之后不见了</translation>
        </message>
        <message>
            <source>the table is not the one this run began with</source>
            <translation>这张表与运行开始时的不同</translation>
        </message>
        <message>
            <source>the table is not the one whose rows were answered: its texts are others</source>
            <translation>这张表不是当初作答的那张：其中的文本不同</translation>
        </message>
        <message>
            <source>the table is too much for this computer: {0}</source>
            <translation>这张表超出了本机的能力：{0}</translation>
        </message>
        <message>
            <source>the table to learn from: csv, tsv, txt, jsonl, parquet, xlsx, CoNLL, or .gz/.zip of these</source>
            <translation>用来学习的表：csv、tsv、txt、jsonl、parquet、xlsx、CoNLL，或它们的 .gz/.zip</translation>
        </message>
        <message>
            <source>the table was closed</source>
            <translation>表已经关闭</translation>
        </message>
        <message>
            <source>the target was given</source>
            <translation>目标由你指定</translation>
        </message>
        <message>
            <source>the test</source>
            <translation>测试集</translation>
        </message>
        <message>
            <source>the test table {0} has no column {1}</source>
            <translation>测试表 {0} 没有 {1} 列</translation>
        </message>
        <message>
            <source>the text is empty</source>
            <translation>文本是空的</translation>
        </message>
        <message>
            <source>the text is padded</source>
            <translation>文本带有填充</translation>
        </message>
        <message>
            <source>the text {0} in row {1}</source>
            <translation>第 {1} 行的文本 {0}</translation>
        </message>
        <message>
            <source>the texts that the film shows, up to four with || between them; an example of the validation rows when empty</source>
            <translation>影片展示的文本，最多四段，用 || 隔开；留空则用验证行中的一个例子</translation>
        </message>
        <message>
            <source>the tokenizer has {0} tokens and the model knows {1}</source>
            <translation>分词器有 {0} 个词元，而模型只认识 {1} 个</translation>
        </message>
        <message>
            <source>the tokenizer makes no token of this text</source>
            <translation>分词器从这段文本得不到任何词元</translation>
        </message>
        <message>
            <source>the tokens of this model are no plain grid of patches</source>
            <translation>此模型的词元不是规则的图块网格</translation>
        </message>
        <message>
            <source>the two runs have no row in common whose answer they were both asked for</source>
            <translation>两次运行没有任何共同作答的行</translation>
        </message>
        <message>
            <source>the usual step for a model of {0} weights: larger ones undo what it knows</source>
            <translation>{0} 个权重的模型常用的学习率：再大就会破坏它已学到的东西</translation>
        </message>
        <message>
            <source>the values of this model are not seen</source>
            <translation>看不到这个模型的值向量</translation>
        </message>
        <message>
            <source>the weight {0} has another shape</source>
            <translation>权重 {0} 的形状不同</translation>
        </message>
        <message>
            <source>the weight {0} has another shape: {1} in the file, {2} by config.json</source>
            <translation>权重 {0} 的形状不同：文件中是 {1}，按 config.json 应为 {2}</translation>
        </message>
        <message>
            <source>the weights are pickled ({0}), and opening such a file can run any program in it</source>
            <translation>权重是 pickle 格式（{0}），打开这样的文件可能执行其中的任意程序</translation>
        </message>
        <message>
            <source>the weights do not fit config.json: {0}</source>
            <translation>权重与 config.json 不符：{0}</translation>
        </message>
        <message>
            <source>the weights of step {0} are not kept</source>
            <translation>第 {0} 步的权重没有保留</translation>
        </message>
        <message>
            <source>the workbook cannot be read: {0}</source>
            <translation>无法读取工作簿：{0}</translation>
        </message>
        <message>
            <source>the {0} classes are numbers from {1} to {2}, as on a scale</source>
            <translation>{0} 个类别是从 {1} 到 {2} 的数字，像刻度一样</translation>
        </message>
        <message>
            <source>there are many epochs, and a small table may be learned by heart long before the last</source>
            <translation>轮数很多，小表格可能早在最后一轮之前就被背下来了</translation>
        </message>
        <message>
            <source>there are no rows in it</source>
            <translation>里面没有数据行</translation>
        </message>
        <message>
            <source>there are no rows, only blank lines</source>
            <translation>没有数据行，只有空行</translation>
        </message>
        <message>
            <source>there are no tags</source>
            <translation>没有标签</translation>
        </message>
        <message>
            <source>there are no weights (model.safetensors)</source>
            <translation>没有权重（model.safetensors）</translation>
        </message>
        <message>
            <source>there are no words to shuffle</source>
            <translation>没有可打乱的词</translation>
        </message>
        <message>
            <source>there are two sources of test rows: a table of their own and a share of this one</source>
            <translation>测试行有两个来源：单独的一张表和本表的一部分</translation>
        </message>
        <message>
            <source>there are {0} classes</source>
            <translation>共有 {0} 个类别</translation>
        </message>
        <message>
            <source>there is no byte order mark to tell which {0} this is</source>
            <translation>没有字节顺序标记，无法判断是哪一种 {0}</translation>
        </message>
        <message>
            <source>there is no column {0}</source>
            <translation>没有列 {0}</translation>
        </message>
        <message>
            <source>there is no column {0} (data.{1})</source>
            <translation>没有列 {0}（data.{1}）</translation>
        </message>
        <message>
            <source>there is no encoding called {0}</source>
            <translation>没有名为 {0} 的编码</translation>
        </message>
        <message>
            <source>there is no form {0}</source>
            <translation>没有名为 {0} 的形式</translation>
        </message>
        <message>
            <source>there is no head {0} in layer {1}</source>
            <translation>第 {1} 层没有第 {0} 个头</translation>
        </message>
        <message>
            <source>there is no head {0} in {1}</source>
            <translation>{1} 中没有头 {0}</translation>
        </message>
        <message>
            <source>there is no key {0}</source>
            <translation>没有第 {0} 个键</translation>
        </message>
        <message>
            <source>there is no layer {0}</source>
            <translation>没有第 {0} 层</translation>
        </message>
        <message>
            <source>there is no model here</source>
            <translation>这里没有模型</translation>
        </message>
        <message>
            <source>there is no pattern {0}</source>
            <translation>没有名为 {0} 的注意力模式</translation>
        </message>
        <message>
            <source>there is no position {0}</source>
            <translation>没有位置 {0}</translation>
        </message>
        <message>
            <source>there is no preset {0}</source>
            <translation>没有预设 {0}</translation>
        </message>
        <message>
            <source>there is no run and no model in this folder</source>
            <translation>这个文件夹里既没有运行也没有模型</translation>
        </message>
        <message>
            <source>there is no sheet {0}</source>
            <translation>没有工作表 {0}</translation>
        </message>
        <message>
            <source>there is no such edit to undo</source>
            <translation>没有可以撤销的这项修改</translation>
        </message>
        <message>
            <source>there is no such field</source>
            <translation>没有这个字段</translation>
        </message>
        <message>
            <source>there is no such file</source>
            <translation>没有这个文件</translation>
        </message>
        <message>
            <source>there is no such file or folder</source>
            <translation>没有这个文件或文件夹</translation>
        </message>
        <message>
            <source>there is no such folder</source>
            <translation>没有这个文件夹</translation>
        </message>
        <message>
            <source>there is no such folder and no such model on the hub</source>
            <translation>没有这个文件夹，Hub 上也没有这个模型</translation>
        </message>
        <message>
            <source>there is no such folder, and this is no name of the hub</source>
            <translation>没有这个文件夹，这也不是 Hub 上的名称</translation>
        </message>
        <message>
            <source>there is no such folder, it is not in the cache, and the hub cannot be reached</source>
            <translation>没有这个文件夹，缓存里也没有这个模型，而且无法连接 Hub</translation>
        </message>
        <message>
            <source>there is no such head among {0}</source>
            <translation>在 {0} 中没有这个头</translation>
        </message>
        <message>
            <source>there is no such layer</source>
            <translation>没有这一层</translation>
        </message>
        <message>
            <source>there is no such mend; there are {0}</source>
            <translation>没有这样的修正；可用的有 {0}</translation>
        </message>
        <message>
            <source>there is no such picture</source>
            <translation>没有这张图片</translation>
        </message>
        <message>
            <source>there is no such scale</source>
            <translation>没有这种对齐方式</translation>
        </message>
        <message>
            <source>there is no such section; there are name, edits, {0}</source>
            <translation>没有这一节；可用的有 name、edits、{0}</translation>
        </message>
        <message>
            <source>there is no such setting</source>
            <translation>没有这项设置</translation>
        </message>
        <message>
            <source>there is no table in this folder</source>
            <translation>这个文件夹中没有表格</translation>
        </message>
        <message>
            <source>there is no token {0}</source>
            <translation>没有词元 {0}</translation>
        </message>
        <message>
            <source>there is no way {0} to take a word out</source>
            <translation>没有 {0} 这种去掉词的方式</translation>
        </message>
        <message>
            <source>there is no {0}</source>
            <translation>没有 {0}</translation>
        </message>
        <message>
            <source>there is no {0} attention</source>
            <translation>没有 {0} 注意力</translation>
        </message>
        <message>
            <source>there is no {0} {1}</source>
            <translation>没有 {0} {1}</translation>
        </message>
        <message>
            <source>there is one column, and two texts are read</source>
            <translation>只有一列，而模型要读两段文本</translation>
        </message>
        <message>
            <source>there is one of that name already</source>
            <translation>已经有同名的文件</translation>
        </message>
        <message>
            <source>there is only one class: {0}</source>
            <translation>只有一个类别：{0}</translation>
        </message>
        <message>
            <source>there is only one tag: {0}</source>
            <translation>只有一个标签：{0}</translation>
        </message>
        <message>
            <source>there is something in this place</source>
            <translation>这个位置已有内容</translation>
        </message>
        <message>
            <source>these films cannot be aligned by {0}: both runs have to tell how many tokens they read</source>
            <translation>这两段影片无法按 {0} 对齐：两个运行都必须记录读过的词元数</translation>
        </message>
        <message>
            <source>these films cannot be aligned by {0}: there is no such scale</source>
            <translation>这两段影片无法按 {0} 对齐：没有这种对齐方式</translation>
        </message>
        <message>
            <source>these have different tokens, so there is no difference cell by cell</source>
            <translation>两者的词元不同，因此没有逐格的差值</translation>
        </message>
        <message>
            <source>these layers have no mean: their shapes differ</source>
            <translation>这些层无法取平均：形状不同</translation>
        </message>
        <message>
            <source>these rows repeat</source>
            <translation>这些行重复了</translation>
        </message>
        <message>
            <source>these rows repeat a text of {0} that stands further up, character for character</source>
            <translation>这些行与上面某行的 {0} 文本逐字相同</translation>
        </message>
        <message>
            <source>these rows repeat a text of {0} that stands further up, character for character; 1 of them has the same target, too</source>
            <translation>这些行逐字重复了前面出现过的 {0} 文本；其中 1 行的目标也相同</translation>
        </message>
        <message>
            <source>these rows repeat a text of {0} that stands further up, character for character; its target is the same, too</source>
            <translation>这些行逐字重复了前面出现过的 {0} 文本；目标也相同</translation>
        </message>
        <message>
            <source>these rows repeat a text of {0} that stands further up, character for character; {1} of them have the same target, too</source>
            <translation>这些行逐字重复了前面出现过的 {0} 文本；其中 {1} 行的目标也相同</translation>
        </message>
        <message>
            <source>these texts differ</source>
            <translation>这些文本不同</translation>
        </message>
        <message>
            <source>these texts differ in a letter or two from one further up; {0} stands in row {1}, and {2} in row {3}</source>
            <translation>这些文本与前面的某个文本只差一两个字母；{0} 在第 {1} 行，{2} 在第 {3} 行</translation>
        </message>
        <message>
            <source>these texts differ in a letter or two from one further up; {0} stands in row {1}, and {2} in row {3}; only the first {4} rows were compared</source>
            <translation>这些文本与前面的某个文本只差一两个字母；{0} 在第 {1} 行，{2} 在第 {3} 行；只比较了前 {4} 行</translation>
        </message>
        <message>
            <source>these texts differ only in case, punctuation or spaces from one further up; {0} stands in row {1}, and {2} in row {3}</source>
            <translation>这些文本与前面的某个文本只在大小写、标点或空格上不同；{0} 在第 {1} 行，{2} 在第 {3} 行</translation>
        </message>
        <message>
            <source>these texts differ only in case, punctuation or spaces from one further up; {0} stands in row {1}, and {2} in row {3}; only the first {4} rows were compared</source>
            <translation>这些文本与前面的某个文本只在大小写、标点或空格上不同；{0} 在第 {1} 行，{2} 在第 {3} 行；只比较了前 {4} 行</translation>
        </message>
        <message>
            <source>these two models read different texts there</source>
            <translation>这两个模型在此处读取的文本不同</translation>
        </message>
        <message>
            <source>these two models share nothing of this text</source>
            <translation>这两个模型在这段文本上没有共同的部分</translation>
        </message>
        <message>
            <source>they must differ, and a line end is neither</source>
            <translation>二者必须不同，也不能是换行符</translation>
        </message>
        <message>
            <source>this checkpoint cannot be used: {0}</source>
            <translation>这个检查点无法使用：{0}</translation>
        </message>
        <message>
            <source>this disk can only be read</source>
            <translation>这个磁盘是只读的</translation>
        </message>
        <message>
            <source>this file cannot be read: {0}</source>
            <translation>无法读取这个文件：{0}</translation>
        </message>
        <message>
            <source>this file exists already</source>
            <translation>这个文件已经存在</translation>
        </message>
        <message>
            <source>this file holds a web page and not the table its name promises</source>
            <translation>这个文件是网页，而不是文件名所说的表格</translation>
        </message>
        <message>
            <source>this file holds {0}, which is not read as a table</source>
            <translation>这个文件是{0}，不能当作表读取</translation>
        </message>
        <message>
            <source>this file is far too large for settings</source>
            <translation>作为设置文件，它太大了</translation>
        </message>
        <message>
            <source>this file is only a pointer of Git LFS; the table itself was not fetched</source>
            <translation>这个文件只是 Git LFS 的指针；表格本身没有取回</translation>
        </message>
        <message>
            <source>this folder already holds a run</source>
            <translation>这个文件夹里已经有一次运行</translation>
        </message>
        <message>
            <source>this folder holds an adapter, which changes another model</source>
            <translation>这个文件夹里是适配器，它用来改变另一个模型</translation>
        </message>
        <message>
            <source>this folder holds several tables to learn from: {0}</source>
            <translation>这个文件夹中有几个可供学习的表格：{0}</translation>
        </message>
        <message>
            <source>this folder holds {0} files</source>
            <translation>这个文件夹中有 {0} 个文件</translation>
        </message>
        <message>
            <source>this folder is taken</source>
            <translation>该文件夹已被占用</translation>
        </message>
        <message>
            <source>this format is not known</source>
            <translation>不认识这种格式</translation>
        </message>
        <message>
            <source>this head cannot be changed alone: {0}</source>
            <translation>这个头不能单独修改：{0}</translation>
        </message>
        <message>
            <source>this is a document, not a workbook</source>
            <translation>这是文档，不是工作簿</translation>
        </message>
        <message>
            <source>this is a folder</source>
            <translation>这是文件夹</translation>
        </message>
        <message>
            <source>this is a folder, not a table</source>
            <translation>这是文件夹，不是表</translation>
        </message>
        <message>
            <source>this is a link to a file outside its folder</source>
            <translation>这是指向文件夹之外的链接</translation>
        </message>
        <message>
            <source>this is no colour picture: {0}, {1}</source>
            <translation>这不是彩色图片：{0}，{1}</translation>
        </message>
        <message>
            <source>this is no picture that can be read</source>
            <translation>这不是可以读取的图片</translation>
        </message>
        <message>
            <source>this is not a JSON object</source>
            <translation>这不是 JSON 对象</translation>
        </message>
        <message>
            <source>this is not a TOML file: {0}</source>
            <translation>这不是 TOML 文件：{0}</translation>
        </message>
        <message>
            <source>this is not a model's config</source>
            <translation>这不是模型的配置</translation>
        </message>
        <message>
            <source>this is not a run folder: it holds no experiment.toml</source>
            <translation>这不是运行文件夹：里面没有 experiment.toml</translation>
        </message>
        <message>
            <source>this is not a text file, nor a workbook or Parquet file</source>
            <translation>这不是文本文件，也不是工作簿或 Parquet 文件</translation>
        </message>
        <message>
            <source>this is not a tokenizer: {0}</source>
            <translation>这不是分词器：{0}</translation>
        </message>
        <message>
            <source>this is not valid JSON: {0}</source>
            <translation>这不是有效的 JSON：{0}</translation>
        </message>
        <message>
            <source>this is the table itself</source>
            <translation>这就是那张表本身</translation>
        </message>
        <message>
            <source>this is worked out for texts only</source>
            <translation>这只能针对文本计算</translation>
        </message>
        <message>
            <source>this kind of file has nothing above its table</source>
            <translation>这种文件的表格上方没有别的内容</translation>
        </message>
        <message>
            <source>this layer is recomputed by a gradient checkpoint of its own, so the intervention cannot be repeated</source>
            <translation>这一层由它自己的梯度检查点重新计算，所以无法重复干预</translation>
        </message>
        <message>
            <source>this machine has no device {0}</source>
            <translation>本机没有设备 {0}</translation>
        </message>
        <message>
            <source>this may not be written to</source>
            <translation>这里不允许写入</translation>
        </message>
        <message>
            <source>this model cannot be opened for {0}: {1}</source>
            <translation>无法为 {0} 打开这个模型：{1}</translation>
        </message>
        <message>
            <source>this model gives no single answer whose reasons could be sought</source>
            <translation>这个模型没有可以追问原因的单一回答</translation>
        </message>
        <message>
            <source>this model writes about pictures</source>
            <translation>此模型根据图片生成文字</translation>
        </message>
        <message>
            <source>this model writes its attention out, so a gradient checkpoint cannot repeat the intervention</source>
            <translation>这个模型自己写出了注意力，所以梯度检查点无法重复干预</translation>
        </message>
        <message>
            <source>this model writes its attention out, so its scale and mask cannot be left out</source>
            <translation>这个模型自己写出了注意力，所以不能去掉它的缩放和掩码</translation>
        </message>
        <message>
            <source>this model writes its attention out, so {0} is not known</source>
            <translation>这个模型自己写出了注意力，所以不知道 {0}</translation>
        </message>
        <message>
            <source>this model's positions cannot be drawn as a table</source>
            <translation>这个模型的位置编码无法画成表格</translation>
        </message>
        <message>
            <source>this model's vocabulary has no mask token</source>
            <translation>这个模型的词表没有掩码词元</translation>
        </message>
        <message>
            <source>this part of the weights is missing</source>
            <translation>缺少这一部分权重</translation>
        </message>
        <message>
            <source>this picture cannot be read</source>
            <translation>无法读取这张图片</translation>
        </message>
        <message>
            <source>this picture is broken or cut off</source>
            <translation>这张图片已损坏或不完整</translation>
        </message>
        <message>
            <source>this picture is too large: {0}</source>
            <translation>这张图片太大：{0}</translation>
        </message>
        <message>
            <source>this row repeats</source>
            <translation>这一行重复了</translation>
        </message>
        <message>
            <source>this row repeats a text of {0} that stands further up, character for character</source>
            <translation>这一行与上面某行的 {0} 文本逐字相同</translation>
        </message>
        <message>
            <source>this row repeats a text of {0} that stands further up, character for character; 1 of them has the same target, too</source>
            <translation>这一行逐字重复了前面出现过的 {0} 文本；其中 1 行的目标也相同</translation>
        </message>
        <message>
            <source>this row repeats a text of {0} that stands further up, character for character; its target is the same, too</source>
            <translation>这一行逐字重复了前面出现过的 {0} 文本；目标也相同</translation>
        </message>
        <message>
            <source>this row repeats a text of {0} that stands further up, character for character; {1} of them have the same target, too</source>
            <translation>这一行逐字重复了前面出现过的 {0} 文本；其中 {1} 行的目标也相同</translation>
        </message>
        <message>
            <source>this run has no model yet</source>
            <translation>这次运行还没有模型</translation>
        </message>
        <message>
            <source>this run has no step {0}: it has made none yet</source>
            <translation>这次运行没有第 {0} 步：它还没有走过任何一步</translation>
        </message>
        <message>
            <source>this run has no step {0}: its steps go from {1} to {2}</source>
            <translation>这次运行没有第 {0} 步：它的步从 {1} 到 {2}</translation>
        </message>
        <message>
            <source>this run has no weights yet</source>
            <translation>这次运行还没有权重</translation>
        </message>
        <message>
            <source>this run is being trained by process {0} on {1}</source>
            <translation>此运行正由 {1} 上的进程 {0} 训练</translation>
        </message>
        <message>
            <source>this text differs</source>
            <translation>这个文本不同</translation>
        </message>
        <message>
            <source>this text differs in a letter or two from one further up; {0} stands in row {1}, and {2} in row {3}</source>
            <translation>这个文本与前面的某个文本只差一两个字母；{0} 在第 {1} 行，{2} 在第 {3} 行</translation>
        </message>
        <message>
            <source>this text differs in a letter or two from one further up; {0} stands in row {1}, and {2} in row {3}; only the first {4} rows were compared</source>
            <translation>这个文本与前面的某个文本只差一两个字母；{0} 在第 {1} 行，{2} 在第 {3} 行；只比较了前 {4} 行</translation>
        </message>
        <message>
            <source>this text differs only in case, punctuation or spaces from one further up; {0} stands in row {1}, and {2} in row {3}</source>
            <translation>这个文本与前面的某个文本只在大小写、标点或空格上不同；{0} 在第 {1} 行，{2} 在第 {3} 行</translation>
        </message>
        <message>
            <source>this text differs only in case, punctuation or spaces from one further up; {0} stands in row {1}, and {2} in row {3}; only the first {4} rows were compared</source>
            <translation>这个文本与前面的某个文本只在大小写、标点或空格上不同；{0} 在第 {1} 行，{2} 在第 {3} 行；只比较了前 {4} 行</translation>
        </message>
        <message>
            <source>this tokenizer has no padding token</source>
            <translation>这个分词器没有填充词元</translation>
        </message>
        <message>
            <source>this tokenizer has no token that hides others ([MASK])</source>
            <translation>这个分词器没有用来遮住其他词元的词元（[MASK]）</translation>
        </message>
        <message>
            <source>time</source>
            <translation>时间到</translation>
        </message>
        <message>
            <source>token-per-line files have no header</source>
            <translation>每行一词的文件没有表头</translation>
        </message>
        <message>
            <source>token-per-line files have no quotes</source>
            <translation>每行一词的文件没有引号</translation>
        </message>
        <message>
            <source>tokens read while training, at most: a long table is read fewer times</source>
            <translation>训练时最多读多少个词元：长表会少读几遍</translation>
        </message>
        <message>
            <source>too few of the {0} usable rows may leave training: none is left for the test (copies of a text stay together, and one row of each class stays)</source>
            <translation>{0} 行可用数据中能离开训练集的太少：测试集一行也分不到（相同的文本要留在同一边，每个类别也要留下一行）</translation>
        </message>
        <message>
            <source>too few of the {0} usable rows may leave training: none is left for the test (the first line stays)</source>
            <translation>{0} 行可用数据中能离开训练集的太少：测试集一行也分不到（第一行要留在训练集）</translation>
        </message>
        <message>
            <source>too few of the {0} usable rows may leave training: none is left for validation (copies of a text stay together, and one row of each class stays)</source>
            <translation>{0} 行可用数据中能离开训练集的太少：验证集一行也分不到（相同的文本要留在同一边，每个类别也要留下一行）</translation>
        </message>
        <message>
            <source>too few of the {0} usable rows may leave training: none is left for validation (the first line stays)</source>
            <translation>{0} 行可用数据中能离开训练集的太少：验证集一行也分不到（第一行要留在训练集）</translation>
        </message>
        <message>
            <source>too few of the {0} usable rows may leave training: none is left for validation and the test (copies of a text stay together, and one row of each class stays)</source>
            <translation>{0} 行可用数据中能离开训练集的太少：验证集和测试集一行也分不到（相同的文本要留在同一边，每个类别也要留下一行）</translation>
        </message>
        <message>
            <source>too few of the {0} usable rows may leave training: none is left for validation and the test (the first line stays)</source>
            <translation>{0} 行可用数据中能离开训练集的太少：验证集和测试集一行也分不到（第一行要留在训练集）</translation>
        </message>
        <message>
            <source>too many files are open</source>
            <translation>打开的文件太多</translation>
        </message>
        <message>
            <source>trade time for memory: recompute activations in the backward pass</source>
            <translation>用时间换内存：在反向传播时重新计算激活</translation>
        </message>
        <message>
            <source>training on {0}: {1} parameters, {2} steps</source>
            <translation>在 {0} 上训练：{1} 个参数，{2} 步</translation>
        </message>
        <message>
            <source>training this model needs {0} GiB and {1} GiB are free</source>
            <translation>训练这个模型需要 {0} GiB，而可用的只有 {1} GiB</translation>
        </message>
        <message>
            <source>transformers does not know attention-workbench models: {0}</source>
            <translation>transformers 不认识 attention-workbench 的模型：{0}</translation>
        </message>
        <message>
            <source>tune low-rank changes of this rank beside the frozen weights (LoRA); 0 tunes the weights themselves</source>
            <translation>在冻结的权重旁学习这个秩的低秩改动（LoRA）；0 表示直接微调权重</translation>
        </message>
        <message>
            <source>tuning all {0} weights takes {1} GiB and {2} GiB are free: low-rank changes take a small part of it</source>
            <translation>微调全部 {0} 个权重需要 {1} GiB，而空闲内存为 {2} GiB：低秩改动只需其中一小部分</translation>
        </message>
        <message>
            <source>two texts are read, and there is one column</source>
            <translation>要读取两段文本，而表中只有一列</translation>
        </message>
        <message>
            <source>two texts do not fit into {0} tokens, {1} of which stand around them</source>
            <translation>{0} 个词元放不下两段文本，其中 {1} 个是两端和中间的特殊词元</translation>
        </message>
        <message>
            <source>unexpected end</source>
            <translation>意外结束</translation>
        </message>
        <message>
            <source>validation and the test</source>
            <translation>验证集和测试集</translation>
        </message>
        <message>
            <source>validation loss</source>
            <translation>验证损失</translation>
        </message>
        <message>
            <source>validation: best so far</source>
            <translation>验证：目前最好</translation>
        </message>
        <message>
            <source>vertical bar</source>
            <translation>竖线</translation>
        </message>
        <message>
            <source>weight · |value|, share of the row</source>
            <translation>权重 · |值|，占该行的比例</translation>
        </message>
        <message>
            <source>weights are left over that config.json has no place for: {0}</source>
            <translation>有 config.json 中没有位置的多余权重：{0}</translation>
        </message>
        <message>
            <source>weights are missing: {0}</source>
            <translation>缺少权重：{0}</translation>
        </message>
        <message>
            <source>weights of shape {0} are not self-attention</source>
            <translation>形状为 {0} 的权重不是自注意力</translation>
        </message>
        <message>
            <source>weights that are fresh have to be learned</source>
            <translation>全新的权重必须学习</translation>
        </message>
        <message>
            <source>weights were not recorded</source>
            <translation>没有记录权重</translation>
        </message>
        <message>
            <source>what a word does is measured where a model chooses a class or a number</source>
            <translation>只有在模型选择类别或给出数值时，才测量每个词的作用</translation>
        </message>
        <message>
            <source>what encloses a cell that holds the delimiter; found when empty, 'none' for no quoting</source>
            <translation>什么字符包住含有分隔符的单元格；留空时由程序判断，none 表示不用引号</translation>
        </message>
        <message>
            <source>what separates the columns; found when empty</source>
            <translation>用什么分隔各列；留空时由程序判断</translation>
        </message>
        <message>
            <source>what stands before the fraction of a number to predict; found when empty</source>
            <translation>要预测的数字用什么作小数点；留空则自动判断</translation>
        </message>
        <message>
            <source>what stands between several labels in one cell (multi-label); found when empty</source>
            <translation>同一单元格内多个标签之间的分隔符（多标签）；留空时自动查找</translation>
        </message>
        <message>
            <source>what to learn; guessed from the columns when empty</source>
            <translation>要学什么；留空时由各列猜测</translation>
        </message>
        <message>
            <source>where to compute: auto, cpu, cuda, cuda:1, mps</source>
            <translation>在哪里计算：auto、cpu、cuda、cuda:1、mps</translation>
        </message>
        <message>
            <source>whether the first line names the columns; found when empty</source>
            <translation>第一行是否是列名；留空时由程序判断</translation>
        </message>
        <message>
            <source>width inside the feed-forward block; four times d_model when empty</source>
            <translation>前馈层内部的宽度；留空时是 d_model 的四倍</translation>
        </message>
        <message>
            <source>width of the residual stream</source>
            <translation>残差流的宽度</translation>
        </message>
        <message>
            <source>with only {0} rows of ordinary language to learn from, fine-tuning a pretrained model nearly always scores better than training from scratch</source>
            <translation>如果文本是日常语言，只有 {0} 行可供学习时，微调预训练模型几乎总比从零训练得分更高</translation>
        </message>
        <message>
            <source>with {0} classes some overlap, and a softened target keeps the model from being too sure</source>
            <translation>有 {0} 个类别，难免有重叠；软化的目标使模型不至于过分自信</translation>
        </message>
        <message>
            <source>with {0} classes the answers are far enough apart</source>
            <translation>只有 {0} 个类别，答案之间区分得足够开</translation>
        </message>
        <message>
            <source>with {0} rows larger batches are steadier, and 32 still fit small machines</source>
            <translation>有 {0} 行，较大的批次更稳定，而 32 在小机器上也放得下</translation>
        </message>
        <message>
            <source>with {0} rows small batches give enough steps in an epoch</source>
            <translation>只有 {0} 行，小批次才能让一轮有足够的步数</translation>
        </message>
        <message>
            <source>with {0} weights the model is small, and its new head has everything to learn</source>
            <translation>模型只有 {0} 个权重，属于小模型，而新的输出头一切都要从头学起</translation>
        </message>
        <message>
            <source>with {0} weights the model is small: it bears and needs larger steps than BERT's 2e-5 to 5e-5</source>
            <translation>模型很小，只有 {0} 个权重：它承受得起、也需要比 BERT 的 2e-5 到 5e-5 更大的学习率</translation>
        </message>
        <message>
            <source>with {0} weights the model is tiny: it learns nearly as fast as one from scratch</source>
            <translation>模型极小，只有 {0} 个权重：它学得几乎和从零开始的一样快</translation>
        </message>
        <message>
            <source>words and tags differ in number</source>
            <translation>词和标签的数量不同</translation>
        </message>
        <message>
            <source>words are many: frequent ones whole, rare ones in parts</source>
            <translation>词很多：常见的词保留整体，罕见的词拆成片段</translation>
        </message>
        <message>
            <source>write the curves into the run's folder for TensorBoard, too</source>
            <translation>同时将曲线写入运行文件夹，供 TensorBoard 使用</translation>
        </message>
        <message>
            <source>writing</source>
            <translation>正在写入</translation>
        </message>
        <message>
            <source>writing the model</source>
            <translation>正在写入模型</translation>
        </message>
        <message>
            <source>you have no permission for it</source>
            <translation>没有访问它的权限</translation>
        </message>
        <message>
            <source>{0} 1 row is left out.</source>
            <translation>{0} 1 行被排除。</translation>
        </message>
        <message>
            <source>{0} = {1}: {2}</source>
            <translation>{0} = {1}：{2}</translation>
        </message>
        <message>
            <source>{0} = {1}: {2} ({3})</source>
            <translation>{0} = {1}：{2}（{3}）</translation>
        </message>
        <message>
            <source>{0} Going on from {1}.</source>
            <translation>{0} 从 {1} 继续。</translation>
        </message>
        <message>
            <source>{0} If you changed it yourself, delete checksums.json beside it.</source>
            <translation>{0}如果是您自己修改的，请删除旁边的 checksums.json。</translation>
        </message>
        <message>
            <source>{0} MB are to be written, and the disk has {1} MB left</source>
            <translation>需要写入 {0} MB，而磁盘只剩 {1} MB</translation>
        </message>
        <message>
            <source>{0} Starting from the beginning.</source>
            <translation>{0}从头开始。</translation>
        </message>
        <message>
            <source>{0} alone tells {1} in {2} of {3} rows</source>
            <translation>{3} 行中有 {2} 仅凭 {0} 就能得知 {1}</translation>
        </message>
        <message>
            <source>{0} alone tells {1}: in its order the label changes only once</source>
            <translation>仅凭 {0} 就能得知 {1}：按它排序后标签只变化 1 次</translation>
        </message>
        <message>
            <source>{0} alone tells {1}: in its order the label changes only {2} times</source>
            <translation>仅凭 {0} 就能得知 {1}：按它排序时标签只变化 {2} 次</translation>
        </message>
        <message>
            <source>{0} and {1} are both {2}</source>
            <translation>{0} 和 {1} 都是 {2}</translation>
        </message>
        <message>
            <source>{0} and {1} are named as a pair</source>
            <translation>从列名看，{0} 和 {1} 是一对</translation>
        </message>
        <message>
            <source>{0} and {1} rise together: their correlation is {2}</source>
            <translation>{0} 与 {1} 同步变化：相关系数为 {2}</translation>
        </message>
        <message>
            <source>{0} and {1} share {2} of their words in a row, and {3} across rows</source>
            <translation>{0} 与 {1} 在同一行中有 {2} 的词相同，跨行时为 {3}</translation>
        </message>
        <message>
            <source>{0} answers no question this program knows</source>
            <translation>{0} 不能回答本程序所知的任何问题</translation>
        </message>
        <message>
            <source>{0} asks for another model</source>
            <translation>{0} 要求另一个模型</translation>
        </message>
        <message>
            <source>{0} attention</source>
            <translation>{0} 注意力</translation>
        </message>
        <message>
            <source>{0} attention: layers down, heads across</source>
            <translation>{0} 注意力：向下为层，向右为头</translation>
        </message>
        <message>
            <source>{0} attention: layers down, heads across, counted from 0</source>
            <translation>{0} 注意力：向下是层，向右是头，从 0 数起</translation>
        </message>
        <message>
            <source>{0} beside {1} of them is left out</source>
            <translation>其中 {1} 个旁边的 {0} 略去不计</translation>
        </message>
        <message>
            <source>{0} cannot be written as ONNX: {1}</source>
            <translation>无法将 {0} 写为 ONNX：{1}</translation>
        </message>
        <message>
            <source>{0} cell where the table has {1}</source>
            <translation>有 {0} 个单元格，而表有 {1} 列</translation>
        </message>
        <message>
            <source>{0} cells can only be read in the other way</source>
            <translation>有 {0} 个单元格只能按另一种方式读</translation>
        </message>
        <message>
            <source>{0} cells hold several labels with {1} between them, such as {2}</source>
            <translation>{0} 个单元格含有多个以 {1} 分隔的标签，例如 {2}</translation>
        </message>
        <message>
            <source>{0} cells where the table has {1}</source>
            <translation>有 {0} 个单元格，而表有 {1} 列</translation>
        </message>
        <message>
            <source>{0} characters outside ASCII are valid UTF-8</source>
            <translation>{0} 个非 ASCII 字符都是有效的 UTF-8</translation>
        </message>
        <message>
            <source>{0} characters outside ASCII are valid UTF-8 (looked at the head and sixteen places of a large file)</source>
            <translation>{0} 个非 ASCII 字符都是有效的 UTF-8（只看了这个大文件的开头和十六处）</translation>
        </message>
        <message>
            <source>{0} characters outside ASCII are valid UTF-8, {1} places are not, and the rows that hold them are rejected</source>
            <translation>{0} 个非 ASCII 字符是有效的 UTF-8，另有 {1} 处不是，含有它们的行被拒绝</translation>
        </message>
        <message>
            <source>{0} characters outside ASCII are valid UTF-8, {1} places are not, and the rows that hold them are rejected (looked at the head and sixteen places of a large file)</source>
            <translation>{0} 个非 ASCII 字符是有效的 UTF-8，另有 {1} 处不是，含有它们的行被拒绝（只看了这个大文件的开头和十六处）</translation>
        </message>
        <message>
            <source>{0} cuts {1} of the first {2} records into {3} cells</source>
            <translation>{0}把前 {2} 条记录中的 {1} 条切成 {3} 个单元格</translation>
        </message>
        <message>
            <source>{0} cuts {1} of the first {2} records into {3} cells; also possible: {4}</source>
            <translation>{0}把前 {2} 条记录中的 {1} 条切成 {3} 个单元格；也有可能是：{4}</translation>
        </message>
        <message>
            <source>{0} cuts {1} of them into {2} cells</source>
            <translation>{0}把其中的 {1} 切成 {2} 个单元格</translation>
        </message>
        <message>
            <source>{0} different texts of {1} characters on average</source>
            <translation>有 {0} 段不同的文本，平均 {1} 个字符</translation>
        </message>
        <message>
            <source>{0} encloses cells, escaped by \: {1} of {2} records break its rules</source>
            <translation>{0} 包住单元格，用 \ 转义：{2} 条记录中有 {1} 条违反规则</translation>
        </message>
        <message>
            <source>{0} encloses cells, escaped by \: {1} of {2} records breaks its rules</source>
            <translation>{0} 包住单元格，用 \ 转义：{2} 条记录中有 {1} 条违反规则</translation>
        </message>
        <message>
            <source>{0} encloses cells, with spaces before it: {1} of {2} records break its rules</source>
            <translation>{0} 包住单元格，前面有空格：{2} 条记录中有 {1} 条违反规则</translation>
        </message>
        <message>
            <source>{0} encloses cells, with spaces before it: {1} of {2} records breaks its rules</source>
            <translation>{0} 包住单元格，前面有空格：{2} 条记录中有 {1} 条违反规则</translation>
        </message>
        <message>
            <source>{0} encloses cells: {1} of {2} records break its rules</source>
            <translation>{0} 包住单元格：{2} 条记录中有 {1} 条违反规则</translation>
        </message>
        <message>
            <source>{0} encloses cells: {1} of {2} records breaks its rules</source>
            <translation>{0} 包住单元格：{2} 条记录中有 {1} 条违反规则</translation>
        </message>
        <message>
            <source>{0} ends like a sentence</source>
            <translation>{0} 像句子一样结尾</translation>
        </message>
        <message>
            <source>{0} files as one table</source>
            <translation>{0} 个文件作为一个表格</translation>
        </message>
        <message>
            <source>{0} has no classes of rows</source>
            <translation>{0} 没有行的类别</translation>
        </message>
        <message>
            <source>{0} has no delimiter</source>
            <translation>{0}没有分隔符</translation>
        </message>
        <message>
            <source>{0} has no eager attention function</source>
            <translation>{0} 没有 eager 注意力函数</translation>
        </message>
        <message>
            <source>{0} has no tags</source>
            <translation>{0} 没有标记</translation>
        </message>
        <message>
            <source>{0} has the columns {1}, and {2} has {3}</source>
            <translation>{0} 的列是 {1}，而 {2} 的列是 {3}</translation>
        </message>
        <message>
            <source>{0} has {1} rows, {2} of all, and {3} {4}</source>
            <translation>{0} 有 {1} 行，占 {2}，而 {3} 只有 {4} 行</translation>
        </message>
        <message>
            <source>{0} holds no words, so {1} is written from its signs</source>
            <translation>{0} 没有词，所以 {1} 由它的符号写出</translation>
        </message>
        <message>
            <source>{0} holds text, and no column holds something to predict</source>
            <translation>{0} 是文本，但没有一列可以用来预测</translation>
        </message>
        <message>
            <source>{0} holds {1} different numbers</source>
            <translation>{0} 有 {1} 个不同的数</translation>
        </message>
        <message>
            <source>{0} holds {1} different texts to be written from {2}</source>
            <translation>{0} 有 {1} 段不同的文本，可由 {2} 写出</translation>
        </message>
        <message>
            <source>{0} holds {1} values that repeat over {2} rows</source>
            <translation>{0} 有 {1} 个值，在 {2} 行中重复出现</translation>
        </message>
        <message>
            <source>{0} in pass {1}</source>
            <translation>第 {1} 遍的 {0}</translation>
        </message>
        <message>
            <source>{0} in the texts of {1}; the first is {2}</source>
            <translation>{1} 的文本中{0}；第一个是 {2}</translation>
        </message>
        <message>
            <source>{0} in the texts of {1}; the first is {2}, which means {3}</source>
            <translation>{1} 的文本中{0}；第一个是 {2}，意为 {3}</translation>
        </message>
        <message>
            <source>{0} in {1} of the records</source>
            <translation>{0}见于 {1} 的记录</translation>
        </message>
        <message>
            <source>{0} is a number</source>
            <translation>{0} 是数字</translation>
        </message>
        <message>
            <source>{0} is a usual name of a column</source>
            <translation>{0} 是常见的列名</translation>
        </message>
        <message>
            <source>{0} is as long as the cells below</source>
            <translation>{0} 和下面的单元格一样长</translation>
        </message>
        <message>
            <source>{0} is built like the cells below</source>
            <translation>{0} 的形式与下面的单元格相同</translation>
        </message>
        <message>
            <source>{0} is built otherwise than the cells below</source>
            <translation>{0} 的形式与下面的单元格不同</translation>
        </message>
        <message>
            <source>{0} is empty</source>
            <translation>{0} 是空的</translation>
        </message>
        <message>
            <source>{0} is empty in {1} of {2} rows</source>
            <translation>{2} 行中有 {1} 行的 {0} 为空</translation>
        </message>
        <message>
            <source>{0} is learned from</source>
            <translation>用 {0} 学习</translation>
        </message>
        <message>
            <source>{0} is learned from, {1} is kept to score on</source>
            <translation>用 {0} 学习，{1} 留作评分</translation>
        </message>
        <message>
            <source>{0} is learned from, {1} is kept to score on; not used: {2}</source>
            <translation>用 {0} 学习，{1} 留作评分；未使用：{2}</translation>
        </message>
        <message>
            <source>{0} is learned from; not used: {1}</source>
            <translation>用 {0} 学习；未使用：{1}</translation>
        </message>
        <message>
            <source>{0} is no change of attention</source>
            <translation>{0} 不是一种注意力改动</translation>
        </message>
        <message>
            <source>{0} is no edit of a training</source>
            <translation>{0} 不是对训练的修改</translation>
        </message>
        <message>
            <source>{0} is no kind of attention</source>
            <translation>{0} 不是注意力的类型</translation>
        </message>
        <message>
            <source>{0} is none of the classes learned: {1}</source>
            <translation>{0} 不在学过的类别之中：{1}</translation>
        </message>
        <message>
            <source>{0} is none of the classes learned: {1} … ({2} in all)</source>
            <translation>{0} 不在学过的类别之中：{1} …（共 {2} 个）</translation>
        </message>
        <message>
            <source>{0} is not as it was written</source>
            <translation>{0} 与写入时不一致</translation>
        </message>
        <message>
            <source>{0} is not available on {1}</source>
            <translation>{0} 在 {1} 上不可用</translation>
        </message>
        <message>
            <source>{0} is read as {1} and may be meant as {2}</source>
            <translation>{0} 读作 {1}，也可能指 {2}</translation>
        </message>
        <message>
            <source>{0} is short above long cells</source>
            <translation>{0} 比下面的长单元格短</translation>
        </message>
        <message>
            <source>{0} is the only other column</source>
            <translation>{0} 是唯一的另一列</translation>
        </message>
        <message>
            <source>{0} is {1}, and this run was begun with {2}</source>
            <translation>{0} 现在是 {1}，而这次训练开始时是 {2}</translation>
        </message>
        <message>
            <source>{0} labels differ {1}: {2}</source>
            <translation>{0} 个标签{1}：{2}</translation>
        </message>
        <message>
            <source>{0} layer {1} head {2}</source>
            <translation>{0} 第 {1} 层第 {2} 个头</translation>
        </message>
        <message>
            <source>{0} layer {1} head {2} became a {3} head between steps {4} and {5}</source>
            <translation>{0} 第 {1} 层第 {2} 个头在第 {4} 步与第 {5} 步之间成为 {3} 头</translation>
        </message>
        <message>
            <source>{0} layer {1} head {2} became an {3} head between steps {4} and {5}</source>
            <translation>{0} 第 {1} 层第 {2} 个头在第 {4} 步与第 {5} 步之间成为 {3} 头</translation>
        </message>
        <message>
            <source>{0} layer {1} head {2} ceased to be a {3} head between steps {4} and {5}</source>
            <translation>{0} 第 {1} 层第 {2} 个头在第 {4} 步与第 {5} 步之间不再是 {3} 头</translation>
        </message>
        <message>
            <source>{0} layer {1} head {2} ceased to be an {3} head between steps {4} and {5}</source>
            <translation>{0} 第 {1} 层第 {2} 个头在第 {4} 步与第 {5} 步之间不再是 {3} 头</translation>
        </message>
        <message>
            <source>{0} layers cannot be paired with {1}</source>
            <translation>{0} 层无法与 {1} 层配对</translation>
        </message>
        <message>
            <source>{0} must be {1} finite numbers</source>
            <translation>{0} 必须是 {1} 个有限的数</translation>
        </message>
        <message>
            <source>{0} names a program to be fetched</source>
            <translation>{0} 指定了一个要下载的程序</translation>
        </message>
        <message>
            <source>{0} names begin with an I- tag and {1} with a B- tag, as in IOB1</source>
            <translation>{0} 个名称以 I- 标记开头，{1} 个以 B- 标记开头，属于 IOB1</translation>
        </message>
        <message>
            <source>{0} needs a column to predict</source>
            <translation>{0} 需要一个要预测的列</translation>
        </message>
        <message>
            <source>{0} needs the layout {1}, and this model's is {2}</source>
            <translation>{0} 需要 {1} 架构，而这个模型是 {2}</translation>
        </message>
        <message>
            <source>{0} of its lines end in a tag such as O or B-…</source>
            <translation>{0} 的行以 O 或 B-… 这样的标签结尾</translation>
        </message>
        <message>
            <source>{0} of the cells of {1} stand in {2}, and {3} asks for them</source>
            <translation>{1} 中 {0} 的单元格出现在 {2} 中，而 {3} 是对应的问题</translation>
        </message>
        <message>
            <source>{0} of them in no other way</source>
            <translation>其中 {0} 个不能有别的读法</translation>
        </message>
        <message>
            <source>{0} of {1} cells are empty</source>
            <translation>{1} 个单元格中有 {0} 个是空的</translation>
        </message>
        <message>
            <source>{0} of {1} cells hold several of {2} labels, which come back in other cells</source>
            <translation>{1} 个单元格中有 {0} 个含有多个标签，共 {2} 种，且在其他单元格中重复出现</translation>
        </message>
        <message>
            <source>{0} of {1} cells of {2} hold nothing</source>
            <translation>{2} 的 {1} 个单元格中有 {0} 个是空的</translation>
        </message>
        <message>
            <source>{0} of {1} classes has fewer than {2} rows: {3}</source>
            <translation>{1} 个类别中有 {0} 个少于 {2} 行：{3}</translation>
        </message>
        <message>
            <source>{0} of {1} classes have fewer than {2} rows: {3}</source>
            <translation>{1} 个类别中有 {0} 个少于 {2} 行：{3}</translation>
        </message>
        <message>
            <source>{0} of {1} rows are enough to choose the best moment, and the others teach more</source>
            <translation>{1} 行中的 {0} 行足以选出最佳时刻，其余的行能教会更多</translation>
        </message>
        <message>
            <source>{0} of {1} texts hold their own label as a word</source>
            <translation>{1} 个文本中有 {0} 个包含了自己的标签</translation>
        </message>
        <message>
            <source>{0} of {1} tokens are unknown to this model.</source>
            <translation>{1} 个词元中有 {0} 个是模型不认识的。</translation>
        </message>
        <message>
            <source>{0} packed bytes unpack to more than {1}, which no table does or this disk cannot hold</source>
            <translation>{0} 字节的压缩数据解压后超过 {1}，没有表会这么大，或者磁盘放不下</translation>
        </message>
        <message>
            <source>{0} points outside this folder</source>
            <translation>{0} 指向了文件夹之外</translation>
        </message>
        <message>
            <source>{0} reads neither text nor pictures</source>
            <translation>{0} 既不读取文本也不读取图片</translation>
        </message>
        <message>
            <source>{0} reads one text</source>
            <translation>{0} 只读一段文本</translation>
        </message>
        <message>
            <source>{0} reads two texts</source>
            <translation>{0} 要读两段文本</translation>
        </message>
        <message>
            <source>{0} rows are in Simplified Chinese and {1} in Traditional Chinese</source>
            <translation>{0} 行是简体中文，{1} 行是繁体中文</translation>
        </message>
        <message>
            <source>{0} rows can be used, all of them {1}: {2}</source>
            <translation>有 {0} 行可用，全部是 {1}：{2}</translation>
        </message>
        <message>
            <source>{0} rows were read and {1} arrived in the database</source>
            <translation>读了 {0} 行，而数据库里只有 {1} 行</translation>
        </message>
        <message>
            <source>{0} s of training</source>
            <translation>训练 {0} 秒</translation>
        </message>
        <message>
            <source>{0} says in {1} rows how {2} and {3} compare</source>
            <translation>{0} 在 {1} 行中说明 {2} 与 {3} 的关系</translation>
        </message>
        <message>
            <source>{0} stands again below</source>
            <translation>{0} 在下面又出现了</translation>
        </message>
        <message>
            <source>{0} stands once in each of the first {1} lines, as between two columns</source>
            <translation>前 {1} 行每行各有一个 {0}，像是两列之间的分隔</translation>
        </message>
        <message>
            <source>{0} stretches of text are read by one of the models alone and have no row.</source>
            <translation>有 {0} 个文本片段只被其中一个模型读到，因此没有对应的行。</translation>
        </message>
        <message>
            <source>{0} targets of {1} stand with several texts</source>
            <translation>{1} 中有 {0} 个目标对应多个文本</translation>
        </message>
        <message>
            <source>{0} texts are changed.</source>
            <translation>改变了 {0} 个文本。</translation>
        </message>
        <message>
            <source>{0} texts of these rows also stand among the {1} rows of {2}, but for case or punctuation</source>
            <translation>这些行中有 {0} 个文本（不计大小写和标点）也出现在 {2} 的 {1} 行中</translation>
        </message>
        <message>
            <source>{0} texts stand with several targets; {1} with {2} and with {3}</source>
            <translation>{0} 个文本对应多个目标；{1} 既对应 {2}，又对应 {3}</translation>
        </message>
        <message>
            <source>{0} tokens are more than the {1} positions this model has learned</source>
            <translation>{0} 个词元超过了这个模型学过的 {1} 个位置</translation>
        </message>
        <message>
            <source>{0} tokens for an axis of {1}</source>
            <translation>长度为 {1} 的轴给了 {0} 个词元</translation>
        </message>
        <message>
            <source>{0} units for {1} tokens</source>
            <translation>{1} 个词元给了 {0} 个单位</translation>
        </message>
        <message>
            <source>{0} was taken from {1}</source>
            <translation>{0} 取自 {1}</translation>
        </message>
        <message>
            <source>{0} was unpacked to {1} bytes</source>
            <translation>{0} 已解压成 {1} 字节</translation>
        </message>
        <message>
            <source>{0} was {1} and is {2}: the last bits of the weights may differ.</source>
            <translation>{0} 原来是 {1}，现在是 {2}：权重的最后几位可能不同。</translation>
        </message>
        <message>
            <source>{0} whole numbers stand again and again over {1} rows, as codes of classes do</source>
            <translation>{0} 个整数在 {1} 行中反复出现，像是类别的代码</translation>
        </message>
        <message>
            <source>{0} {1}</source>
            <translation>{0}。{1}</translation>
        </message>
        <message>
            <source>{0} {1} ({2} … {3}). The run was stopped before the simple baseline was made; go on with the run to compare.</source>
            <translation>{0} {1}（{2} … {3}）。运行在建立简单基线之前被停止；继续该运行即可比较。</translation>
        </message>
        <message>
            <source>{0} {1} ({2} … {3}). There is no simple baseline to compare with here.</source>
            <translation>{0} {1}（{2} … {3}）。这里没有可比较的简单基线。</translation>
        </message>
        <message>
            <source>{0} {1} ({2} … {3}): 1 row is too few to tell it from the baseline, the difference is {4} … {5}.</source>
            <translation>{0} {1}（{2} … {3}）：只有 1 行，太少，无法与基线区分，差异为 {4} … {5}。</translation>
        </message>
        <message>
            <source>{0} {1} ({2} … {3}): 1 row is too few to tell it from the other run, the difference is {4} … {5}.</source>
            <translation>{0} {1}（{2} … {3}）：只有 1 行，太少，无法与另一次运行区分，差异为 {4} … {5}。</translation>
        </message>
        <message>
            <source>{0} {1} ({2} … {3}): better than the baseline by {4} ({5} … {6}).</source>
            <translation>{0} {1}（{2} … {3}）：比基线好 {4}（{5} … {6}）。</translation>
        </message>
        <message>
            <source>{0} {1} ({2} … {3}): better than the other run by {4} ({5} … {6}).</source>
            <translation>{0} {1}（{2} … {3}）：比另一次运行好 {4}（{5} … {6}）。</translation>
        </message>
        <message>
            <source>{0} {1} ({2} … {3}): the other run is as good, the difference is {4} … {5}.</source>
            <translation>{0} {1}（{2} … {3}）：另一次运行同样好，差异为 {4} … {5}。</translation>
        </message>
        <message>
            <source>{0} {1} ({2} … {3}): the other run is better by {4} ({5} … {6}).</source>
            <translation>{0} {1}（{2} … {3}）：另一次运行好 {4}（{5} … {6}）。</translation>
        </message>
        <message>
            <source>{0} {1} ({2} … {3}): the simple baseline is as good, the difference is {4} … {5}; prefer it.</source>
            <translation>{0} {1}（{2} … {3}）：简单基线同样好，差异为 {4} … {5}；请优先用它。</translation>
        </message>
        <message>
            <source>{0} {1} ({2} … {3}): the simple baseline is better by {4} ({5} … {6}); prefer it.</source>
            <translation>{0} {1}（{2} … {3}）：简单基线好 {4}（{5} … {6}）；请优先用它。</translation>
        </message>
        <message>
            <source>{0} {1} ({2} … {3}): {4} rows are too few to tell it from the baseline, the difference is {5} … {6}.</source>
            <translation>{0} {1}（{2} … {3}）：只有 {4} 行，太少，无法与基线区分，差异为 {5} … {6}。</translation>
        </message>
        <message>
            <source>{0} {1} ({2} … {3}): {4} rows are too few to tell it from the other run, the difference is {5} … {6}.</source>
            <translation>{0} {1}（{2} … {3}）：只有 {4} 行，太少，无法与另一次运行区分，差异为 {5} … {6}。</translation>
        </message>
        <message>
            <source>{0} {1} became {2}, a probability moved by up to {3}</source>
            <translation>{0} 由 {1} 变为 {2}，概率最多变动 {3}</translation>
        </message>
        <message>
            <source>{0} {1} layers have another shape and are not shown.</source>
            <translation>有 {0} 个 {1} 层形状不同，未显示。</translation>
        </message>
        <message>
            <source>{0} {1} rows are left out.</source>
            <translation>{0} {1} 行被排除。</translation>
        </message>
        <message>
            <source>{0} … ({1} in all)</source>
            <translation>{0} …（共 {1} 个）</translation>
        </message>
        <message>
            <source>{0}, column {1}</source>
            <translation>{0}，列 {1}</translation>
        </message>
        <message>
            <source>{0}, row {1}{2} (line {3}), column {4}</source>
            <translation>{0}，第 {1}{2} 行（文件第 {3} 行），列 {4}</translation>
        </message>
        <message>
            <source>{0}, row {1}{2}, column {3}</source>
            <translation>{0}，第 {1}{2} 行，列 {3}</translation>
        </message>
        <message>
            <source>{0}.</source>
            <translation>{0}。</translation>
        </message>
        <message>
            <source>{0}: Nothing was to be changed.</source>
            <translation>{0}：没有需要改变的内容。</translation>
        </message>
        <message>
            <source>{0}: {1}</source>
            <translation>{0}：{1}</translation>
        </message>
        <message>
            <source>{0}; each file's name is the class of its rows, in the column {1}</source>
            <translation>{0}；每个文件的名称就是其各行的类别，写在 {1} 列中</translation>
        </message>
        <message>
            <source>{0}; the columns are called {1} and so on here</source>
            <translation>{0}；各列在这里称为 {1} 等</translation>
        </message>
    </context>
    <context>
        <name>SampleList</name>
        <message>
            <source>Changed since the evaluation before</source>
            <translation>与上一次验证相比有变化</translation>
        </message>
        <message>
            <source>Input: {0}</source>
            <translation>输入：{0}</translation>
        </message>
        <message>
            <source>Prediction: {0}</source>
            <translation>预测：{0}</translation>
        </message>
        <message>
            <source>Samples</source>
            <translation>样例</translation>
        </message>
        <message>
            <source>Target: {0}</source>
            <translation>目标：{0}</translation>
        </message>
        <message>
            <source>not {0}</source>
            <translation>应为 {0}</translation>
        </message>
        <message>
            <source>{0} gives {1}, not {2}</source>
            <translation>{0} 得到 {1}，应为 {2}</translation>
        </message>
        <message>
            <source>{0} gives {1}, right</source>
            <translation>{0} 得到 {1}，正确</translation>
        </message>
    </context>
    <context>
        <name>Samples</name>
        <message>
            <source>A few rows and what the model makes of them appear here after the first evaluation.</source>
            <translation>第一次验证之后，这里会显示几行数据和模型的预测。</translation>
        </message>
        <message>
            <source>Samples</source>
            <translation>样例</translation>
        </message>
        <message>
            <source>{0} of {1} right at step {2}</source>
            <translation>第 {2} 步时 {1} 行中对了 {0} 行</translation>
        </message>
    </context>
    <context>
        <name>SchemeCard</name>
        <message>
            <source>ALiBi</source>
            <translation>ALiBi</translation>
        </message>
        <message>
            <source>Learned</source>
            <translation>可学习</translation>
        </message>
        <message>
            <source>Relative</source>
            <translation>相对</translation>
        </message>
        <message>
            <source>Rotary</source>
            <translation>旋转</translation>
        </message>
        <message>
            <source>Sinusoidal</source>
            <translation>正弦</translation>
        </message>
        <message>
            <source>a fixed slope per head, added to the scores</source>
            <translation>每个头一个固定斜率，加到分数上</translation>
        </message>
        <message>
            <source>a table, added to the embeddings; here before training</source>
            <translation>一张表，加到嵌入上；此处为训练之前</translation>
        </message>
        <message>
            <source>a trained table, added to the embeddings</source>
            <translation>训练得到的表，加到嵌入上</translation>
        </message>
        <message>
            <source>dimension</source>
            <translation>维度</translation>
        </message>
        <message>
            <source>dimension: {0}</source>
            <translation>维度：{0}</translation>
        </message>
        <message>
            <source>distance</source>
            <translation>距离</translation>
        </message>
        <message>
            <source>fixed waves, added to the embeddings</source>
            <translation>固定的波，加到嵌入上</translation>
        </message>
        <message>
            <source>head</source>
            <translation>头</translation>
        </message>
        <message>
            <source>head {0} of {1}</source>
            <translation>第 {0} 个头，共 {1} 个</translation>
        </message>
        <message>
            <source>head: {0}</source>
            <translation>头：{0}</translation>
        </message>
        <message>
            <source>key</source>
            <translation>键</translation>
        </message>
        <message>
            <source>offset (key − query)</source>
            <translation>偏移（键 − 查询）</translation>
        </message>
        <message>
            <source>position</source>
            <translation>位置</translation>
        </message>
        <message>
            <source>query</source>
            <translation>查询</translation>
        </message>
        <message>
            <source>row {0}, column {1}: {2}</source>
            <translation>第 {0} 行，第 {1} 列：{2}</translation>
        </message>
        <message>
            <source>trained biases of the scores; here which one an offset uses</source>
            <translation>分数的可训练偏置；此处为每个偏移使用的偏置编号</translation>
        </message>
        <message>
            <source>trained biases, added to the scores</source>
            <translation>训练得到的偏置，加到分数上</translation>
        </message>
        <message>
            <source>turns query and key by fixed angles: cosines, then sines</source>
            <translation>按固定角度旋转查询和键：先余弦，后正弦</translation>
        </message>
        <message>
            <source>{0} · this model's own</source>
            <translation>{0} · 该模型自己的</translation>
        </message>
        <message>
            <source>{0} × {1} numbers</source>
            <translation>{0} × {1} 个数</translation>
        </message>
    </context>
    <context>
        <name>SchemesView</name>
        <message>
            <source>Base {0} (sinusoidal, rotary)</source>
            <translation>底数 {0}（正弦、旋转）</translation>
        </message>
        <message>
            <source>Curves</source>
            <translation>曲线</translation>
        </message>
        <message>
            <source>Dimensions {0}</source>
            <translation>维数 {0}</translation>
        </message>
        <message>
            <source>Distance decay</source>
            <translation>随距离衰减</translation>
        </message>
        <message>
            <source>Divide the products by the lengths of the vectors</source>
            <translation>把乘积除以向量的长度</translation>
        </message>
        <message>
            <source>Head shown {0}</source>
            <translation>显示的头 {0}</translation>
        </message>
        <message>
            <source>Heads {0} (ALiBi)</source>
            <translation>头数 {0}（ALiBi）</translation>
        </message>
        <message>
            <source>Heat map</source>
            <translation>热图</translation>
        </message>
        <message>
            <source>How alike two positions are: the product of their vectors, or its cosine. For ALiBi and relative: what one head adds to the score of each query and key. At most 256 positions.</source>
            <translation>两个位置有多相似：它们向量的点积或余弦。对 ALiBi 和相对位置：一个头给每对查询和键的分数加上多少。最多显示 256 个位置。</translation>
        </message>
        <message>
            <source>Length {0}</source>
            <translation>长度 {0}</translation>
        </message>
        <message>
            <source>Show what the open model has in place of its scheme's formula</source>
            <translation>显示所打开模型自己的编码，代替该方案的公式</translation>
        </message>
        <message>
            <source>Similarity</source>
            <translation>相似度</translation>
        </message>
        <message>
            <source>Single columns over the position, from fast to slow; for ALiBi and relative single heads over the offset.</source>
            <translation>单独的列随位置的变化，从快到慢；对 ALiBi 和相对位置，是单个头随偏移的变化。</translation>
        </message>
        <message>
            <source>The encoding itself: a row for each position; for ALiBi and relative a row for each offset, key − query. Blue is above zero, orange below.</source>
            <translation>编码本身：每个位置一行；对 ALiBi 和相对位置，每个偏移（键 − 查询）一行。蓝色大于零，橙色小于零。</translation>
        </message>
        <message>
            <source>What a query sees of a key k positions before it, from position alone. Sinusoidal and rotary: Σ cos(ωk). Learned: the mean product of two vectors k apart. ALiBi: −slope · k. Relative: the bias.</source>
            <translation>仅凭位置，一个查询从它之前第 k 个位置的键看到什么。正弦和旋转：Σ cos(ωk)。可学习：相距 k 的两个向量的平均点积。ALiBi：−斜率 · k。相对：偏置。</translation>
        </message>
        <message>
            <source>cosine</source>
            <translation>余弦</translation>
        </message>
        <message>
            <source>this model's own</source>
            <translation>该模型自己的</translation>
        </message>
    </context>
    <context>
        <name>ScoreBars</name>
        <message>
            <source>Scores with their intervals</source>
            <translation>得分及其区间</translation>
        </message>
        <message>
            <source>{0} ({1})</source>
            <translation>{0}（{1}）</translation>
        </message>
        <message>
            <source>{0}, {1}</source>
            <translation>{0}，{1}</translation>
        </message>
        <message>
            <source>{0}: not defined</source>
            <translation>{0}：无定义</translation>
        </message>
        <message>
            <source>{0}: {1} ({2})</source>
            <translation>{0}：{1}（{2}）</translation>
        </message>
    </context>
    <context>
        <name>ScoresPanel</name>
        <message>
            <source>Baseline: {0}</source>
            <translation>基线：{0}</translation>
        </message>
        <message>
            <source>Higher is better</source>
            <translation>越高越好</translation>
        </message>
        <message>
            <source>Lower is better</source>
            <translation>越低越好</translation>
        </message>
        <message>
            <source>Scores</source>
            <translation>得分</translation>
        </message>
        <message>
            <source>The scores on the validation rows appear here after the first evaluation.</source>
            <translation>第一次验证之后，这里会显示验证集上的得分。</translation>
        </message>
        <message>
            <source>baseline</source>
            <translation>基线</translation>
        </message>
        <message>
            <source>best</source>
            <translation>最佳</translation>
        </message>
        <message>
            <source>best at step {0}</source>
            <translation>最佳在第 {0} 步</translation>
        </message>
        <message>
            <source>now</source>
            <translation>当前</translation>
        </message>
        <message>
            <source>validation at step {0}</source>
            <translation>第 {0} 步的验证</translation>
        </message>
        <message>
            <source>{0} ↓</source>
            <translation>{0} ↓</translation>
        </message>
    </context>
    <context>
        <name>Scrubber</name>
        <message>
            <source>Beside…</source>
            <translation>并排比较…</translation>
        </message>
        <message>
            <source>Changes ({0})</source>
            <translation>变化（{0}）</translation>
        </message>
        <message>
            <source>Drag the line to any moment, or choose under “Changes” what happened when. Arrow keys go on.</source>
            <translation>拖动时间轴到任意时刻，或在“变化”里选择何时发生了什么。方向键继续移动。</translation>
        </message>
        <message>
            <source>Lay another run's film beside this one</source>
            <translation>把另一个运行的影片放在旁边</translation>
        </message>
        <message>
            <source>Live</source>
            <translation>实时</translation>
        </message>
        <message>
            <source>Play the film</source>
            <translation>播放影片</translation>
        </message>
        <message>
            <source>Play the film of this run (F6)</source>
            <translation>播放本次运行的影片 (F6)</translation>
        </message>
        <message>
            <source>Show the newest state of the model again (F9)</source>
            <translation>重新显示模型的最新状态 (F9)</translation>
        </message>
        <message>
            <source>Stay at this moment (F6)</source>
            <translation>停在此刻 (F6)</translation>
        </message>
        <message>
            <source>Stop the film</source>
            <translation>停止影片</translation>
        </message>
        <message>
            <source>Text of the film</source>
            <translation>影片文本</translation>
        </message>
        <message>
            <source>Text {0}: {1}</source>
            <translation>文本 {0}：{1}</translation>
        </message>
        <message>
            <source>When heads became what they are, and what was edited: choose one to see that moment</source>
            <translation>各个头何时变成现在的样子，以及做过哪些修改：选一项即可看到那一刻</translation>
        </message>
        <message>
            <source>Which of the pinned texts the film shows</source>
            <translation>影片展示哪一段固定文本</translation>
        </message>
        <message>
            <source>step {0}</source>
            <translation>第 {0} 步</translation>
        </message>
        <message>
            <source>step {0} · {1} of {2}</source>
            <translation>第 {0} 步 · {1}/{2}</translation>
        </message>
        <message>
            <source>… and {0} more, marked on the time line</source>
            <translation>……另有 {0} 项，已标在时间轴上</translation>
        </message>
    </context>
    <context>
        <name>SettingEditor</name>
        <message>
            <source>Back to the preset's value</source>
            <translation>恢复预设的值</translation>
        </message>
        <message>
            <source>Back to the preset: {0}</source>
            <translation>恢复预设：{0}</translation>
        </message>
        <message>
            <source>Set {0} to {1}</source>
            <translation>把 {0} 设为 {1}</translation>
        </message>
        <message>
            <source>advised</source>
            <translation>建议</translation>
        </message>
        <message>
            <source>at least {0}</source>
            <translation>至少 {0}</translation>
        </message>
        <message>
            <source>at most {0}</source>
            <translation>至多 {0}</translation>
        </message>
        <message>
            <source>default</source>
            <translation>默认</translation>
        </message>
        <message>
            <source>less than {0}</source>
            <translation>小于 {0}</translation>
        </message>
        <message>
            <source>more than {0}</source>
            <translation>大于 {0}</translation>
        </message>
        <message>
            <source>preset</source>
            <translation>预设</translation>
        </message>
        <message>
            <source>recommended: {0}</source>
            <translation>建议值：{0}</translation>
        </message>
        <message>
            <source>yours</source>
            <translation>你的设置</translation>
        </message>
    </context>
    <context>
        <name>SettingWords</name>
        <message>
            <source>Accumulation</source>
            <translation>梯度累积</translation>
        </message>
        <message>
            <source>Activation</source>
            <translation>激活函数</translation>
        </message>
        <message>
            <source>Attention dropout</source>
            <translation>注意力 dropout</translation>
        </message>
        <message>
            <source>Augmentation</source>
            <translation>数据增强</translation>
        </message>
        <message>
            <source>Batch size</source>
            <translation>批次大小</translation>
        </message>
        <message>
            <source>CPU threads</source>
            <translation>CPU 线程数</translation>
        </message>
        <message>
            <source>Checkpoints</source>
            <translation>检查点</translation>
        </message>
        <message>
            <source>Class balance</source>
            <translation>类别分布</translation>
        </message>
        <message>
            <source>Data and tokens</source>
            <translation>数据与词元</translation>
        </message>
        <message>
            <source>Delete tokens</source>
            <translation>删除词元</translation>
        </message>
        <message>
            <source>Device</source>
            <translation>设备</translation>
        </message>
        <message>
            <source>Dropout</source>
            <translation>Dropout</translation>
        </message>
        <message>
            <source>Epochs</source>
            <translation>轮次</translation>
        </message>
        <message>
            <source>Evaluation and saving</source>
            <translation>验证与保存</translation>
        </message>
        <message>
            <source>Evaluations</source>
            <translation>验证次数</translation>
        </message>
        <message>
            <source>Film, MB at most</source>
            <translation>影片上限（MB）</translation>
        </message>
        <message>
            <source>Fine-tuning and balance</source>
            <translation>微调与类别平衡</translation>
        </message>
        <message>
            <source>Freeze below layer</source>
            <translation>冻结此层以下</translation>
        </message>
        <message>
            <source>Gradient checkpointing</source>
            <translation>梯度检查点</translation>
        </message>
        <message>
            <source>Gradient clipping</source>
            <translation>梯度裁剪</translation>
        </message>
        <message>
            <source>Heads</source>
            <translation>注意力头</translation>
        </message>
        <message>
            <source>Insert tokens</source>
            <translation>插入词元</translation>
        </message>
        <message>
            <source>Label smoothing</source>
            <translation>标签平滑</translation>
        </message>
        <message>
            <source>Layers</source>
            <translation>层数</translation>
        </message>
        <message>
            <source>Layout</source>
            <translation>架构</translation>
        </message>
        <message>
            <source>Learning rate</source>
            <translation>学习率</translation>
        </message>
        <message>
            <source>LoRA alpha</source>
            <translation>LoRA alpha</translation>
        </message>
        <message>
            <source>LoRA dropout</source>
            <translation>LoRA 随机失活</translation>
        </message>
        <message>
            <source>LoRA rank</source>
            <translation>LoRA 秩</translation>
        </message>
        <message>
            <source>Longest input</source>
            <translation>最长输入</translation>
        </message>
        <message>
            <source>Longest target</source>
            <translation>最长目标</translation>
        </message>
        <message>
            <source>Lower case</source>
            <translation>小写</translation>
        </message>
        <message>
            <source>Mask probability</source>
            <translation>遮盖概率</translation>
        </message>
        <message>
            <source>Momentum</source>
            <translation>动量</translation>
        </message>
        <message>
            <source>Most seconds</source>
            <translation>最多秒数</translation>
        </message>
        <message>
            <source>Most steps</source>
            <translation>最多步数</translation>
        </message>
        <message>
            <source>Most tokens</source>
            <translation>最多词元数</translation>
        </message>
        <message>
            <source>Norm</source>
            <translation>归一化</translation>
        </message>
        <message>
            <source>Norm placement</source>
            <translation>归一化的位置</translation>
        </message>
        <message>
            <source>Optimiser</source>
            <translation>优化器</translation>
        </message>
        <message>
            <source>Patience</source>
            <translation>耐心</translation>
        </message>
        <message>
            <source>Pooling</source>
            <translation>池化</translation>
        </message>
        <message>
            <source>Positions</source>
            <translation>位置编码</translation>
        </message>
        <message>
            <source>Precision</source>
            <translation>精度</translation>
        </message>
        <message>
            <source>Rate per layer</source>
            <translation>逐层学习率</translation>
        </message>
        <message>
            <source>Regularisation</source>
            <translation>正则化</translation>
        </message>
        <message>
            <source>Replace tokens</source>
            <translation>替换词元</translation>
        </message>
        <message>
            <source>Residual connections</source>
            <translation>残差连接</translation>
        </message>
        <message>
            <source>Scale by √(head width)</source>
            <translation>除以 √（头宽度）</translation>
        </message>
        <message>
            <source>Schedule</source>
            <translation>学习率调度</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>随机种子</translation>
        </message>
        <message>
            <source>Shape</source>
            <translation>结构</translation>
        </message>
        <message>
            <source>Share layers</source>
            <translation>共享各层</translation>
        </message>
        <message>
            <source>Split seed</source>
            <translation>划分种子</translation>
        </message>
        <message>
            <source>Swap tokens</source>
            <translation>交换词元</translation>
        </message>
        <message>
            <source>TensorBoard files</source>
            <translation>TensorBoard 文件</translation>
        </message>
        <message>
            <source>Test share</source>
            <translation>测试集比例</translation>
        </message>
        <message>
            <source>Text of the film</source>
            <translation>影片文本</translation>
        </message>
        <message>
            <source>Tie embeddings</source>
            <translation>共享嵌入</translation>
        </message>
        <message>
            <source>Token dropout</source>
            <translation>词元 dropout</translation>
        </message>
        <message>
            <source>Tokenizer</source>
            <translation>分词器</translation>
        </message>
        <message>
            <source>Training length</source>
            <translation>训练长度</translation>
        </message>
        <message>
            <source>Validation share</source>
            <translation>验证集比例</translation>
        </message>
        <message>
            <source>Vocabulary size</source>
            <translation>词表大小</translation>
        </message>
        <message>
            <source>Warm-up</source>
            <translation>预热</translation>
        </message>
        <message>
            <source>Weight decay</source>
            <translation>权重衰减</translation>
        </message>
        <message>
            <source>Weights &amp; Biases project</source>
            <translation>Weights &amp; Biases 项目</translation>
        </message>
        <message>
            <source>automatic</source>
            <translation>自动</translation>
        </message>
        <message>
            <source>automatic: {0}</source>
            <translation>自动：{0}</translation>
        </message>
        <message>
            <source>beta2</source>
            <translation>beta2</translation>
        </message>
        <message>
            <source>characters</source>
            <translation>字符</translation>
        </message>
        <message>
            <source>constant</source>
            <translation>恒定</translation>
        </message>
        <message>
            <source>cosine</source>
            <translation>余弦</translation>
        </message>
        <message>
            <source>d_ff (inner width)</source>
            <translation>d_ff（内部宽度）</translation>
        </message>
        <message>
            <source>d_model (width)</source>
            <translation>d_model（宽度）</translation>
        </message>
        <message>
            <source>decoder</source>
            <translation>解码器</translation>
        </message>
        <message>
            <source>encoder</source>
            <translation>编码器</translation>
        </message>
        <message>
            <source>encoder–decoder</source>
            <translation>编码器–解码器</translation>
        </message>
        <message>
            <source>first token</source>
            <translation>第一个词元</translation>
        </message>
        <message>
            <source>inverse square root</source>
            <translation>平方根倒数</translation>
        </message>
        <message>
            <source>learned</source>
            <translation>可学习</translation>
        </message>
        <message>
            <source>linear</source>
            <translation>线性</translation>
        </message>
        <message>
            <source>maximum</source>
            <translation>最大值</translation>
        </message>
        <message>
            <source>mean</source>
            <translation>平均</translation>
        </message>
        <message>
            <source>no</source>
            <translation>否</translation>
        </message>
        <message>
            <source>no limit</source>
            <translation>不限</translation>
        </message>
        <message>
            <source>none</source>
            <translation>无</translation>
        </message>
        <message>
            <source>nothing frozen</source>
            <translation>不冻结</translation>
        </message>
        <message>
            <source>nowhere</source>
            <translation>不上报</translation>
        </message>
        <message>
            <source>post (after)</source>
            <translation>post（之后）</translation>
        </message>
        <message>
            <source>pre (before)</source>
            <translation>pre（之前）</translation>
        </message>
        <message>
            <source>read rare classes more often</source>
            <translation>多读稀少的类别</translation>
        </message>
        <message>
            <source>relative (T5)</source>
            <translation>相对（T5）</translation>
        </message>
        <message>
            <source>rotary (RoPE)</source>
            <translation>旋转（RoPE）</translation>
        </message>
        <message>
            <source>sinusoidal</source>
            <translation>正弦</translation>
        </message>
        <message>
            <source>weigh rare classes more</source>
            <translation>加大稀少类别的权重</translation>
        </message>
        <message>
            <source>words</source>
            <translation>词</translation>
        </message>
        <message>
            <source>yes</source>
            <translation>是</translation>
        </message>
    </context>
    <context>
        <name>SpecForm</name>
        <message>
            <source>Choose a setting, and what it does stands here.</source>
            <translation>选择一项设置，这里会说明它的作用。</translation>
        </message>
        <message>
            <source>Find a setting</source>
            <translation>查找设置</translation>
        </message>
        <message>
            <source>More settings</source>
            <translation>更多设置</translation>
        </message>
        <message>
            <source>No setting has this in its name or explanation.</source>
            <translation>没有一项设置的名称或说明含有这些字。</translation>
        </message>
        <message>
            <source>{0} heads do not divide d_model = {1}</source>
            <translation>{0} 个头不能整除 d_model = {1}</translation>
        </message>
    </context>
    <context>
        <name>SpikeBar</name>
        <message>
            <source>1 spike</source>
            <translation>1 个尖峰</translation>
        </message>
        <message>
            <source>Look into it</source>
            <translation>查看这一步</translation>
        </message>
        <message>
            <source>Make this step again and see its rows, their losses, the gradients by layer, and attention before and after</source>
            <translation>重做这一步，查看这一批的各行及其损失、各层梯度，以及这一步前后的注意力</translation>
        </message>
        <message>
            <source>Spikes: steps that stand out</source>
            <translation>尖峰：异常突出的步</translation>
        </message>
        <message>
            <source>The next spike</source>
            <translation>下一个尖峰</translation>
        </message>
        <message>
            <source>The spike before</source>
            <translation>上一个尖峰</translation>
        </message>
        <message>
            <source>step {0}</source>
            <translation>第 {0} 步</translation>
        </message>
        <message>
            <source>the strongest {0} spikes</source>
            <translation>最突出的 {0} 个尖峰</translation>
        </message>
        <message>
            <source>{0} spikes</source>
            <translation>{0} 个尖峰</translation>
        </message>
    </context>
    <context>
        <name>SpikeWords</name>
        <message>
            <source>A spike lies more than {0} spreads above the median of the {1} steps around, and {2} times above that and above the median of the five steps before. A spread is 1.4826 median absolute deviations, the standard deviation of what is usual.</source>
            <translation>尖峰比周围 {1} 步的中位数高出 {0} 个离散度以上，并且超过该中位数以及之前五步中位数的 {2} 倍。一个离散度是 1.4826 倍的中位数绝对偏差，即通常情形下的标准差。</translation>
        </message>
        <message>
            <source>gradient norm</source>
            <translation>梯度范数</translation>
        </message>
        <message>
            <source>loss</source>
            <translation>损失</translation>
        </message>
        <message>
            <source>step {0} · {1} {2}, {3} spreads above</source>
            <translation>第 {0} 步 · {1} {2}，高出 {3} 个离散度</translation>
        </message>
        <message>
            <source>{0} {1}: {2} spreads above the usual {3}</source>
            <translation>{0} {1}：比通常的 {3} 高 {2} 个离散度</translation>
        </message>
        <message>
            <source>{0} {1}: {2} spreads below the usual {3}</source>
            <translation>{0} {1}：比通常的 {3} 低 {2} 个离散度</translation>
        </message>
    </context>
    <context>
        <name>SplitBar</name>
        <message>
            <source>Split</source>
            <translation>划分</translation>
        </message>
        <message>
            <source>set aside</source>
            <translation>未采用</translation>
        </message>
        <message>
            <source>to learn from</source>
            <translation>用于学习</translation>
        </message>
        <message>
            <source>to test on</source>
            <translation>用于测试</translation>
        </message>
        <message>
            <source>to validate on</source>
            <translation>用于验证</translation>
        </message>
    </context>
    <context>
        <name>SplitPanels</name>
        <message>
            <source>, </source>
            <translation>、</translation>
        </message>
        <message>
            <source>1 of {0} texts loses its end</source>
            <translation>{0} 条文本中有 1 条失去结尾</translation>
        </message>
        <message>
            <source>1 was read and cannot be learned from.</source>
            <translation>1 行已读入，但不能用来学习。</translation>
        </message>
        <message>
            <source>Classes</source>
            <translation>类别</translation>
        </message>
        <message>
            <source>Cut no text that need not be cut.</source>
            <translation>不截断任何不必截断的文本。</translation>
        </message>
        <message>
            <source>Every row was read.</source>
            <translation>每一行都读到了。</translation>
        </message>
        <message>
            <source>How long the texts are in tokens, and which will be cut.</source>
            <translation>以词元计的文本长度，以及哪些会被截断。</translation>
        </message>
        <message>
            <source>How many rows are learned from, and how many are kept to check.</source>
            <translation>多少行用来学习，多少行留作检验。</translation>
        </message>
        <message>
            <source>How often each class stands in the table.</source>
            <translation>每个类别在表中出现的次数。</translation>
        </message>
        <message>
            <source>Left out</source>
            <translation>未采用</translation>
        </message>
        <message>
            <source>Of these the first {0} are listed.</source>
            <translation>其中列出前 {0} 行。</translation>
        </message>
        <message>
            <source>On its way…</source>
            <translation>正在准备…</translation>
        </message>
        <message>
            <source>Passed over: {0}.</source>
            <translation>已跳过：{0}。</translation>
        </message>
        <message>
            <source>Rows</source>
            <translation>数据行</translation>
        </message>
        <message>
            <source>Rows that cannot be read or learned from, each with its reason.</source>
            <translation>不能读取或不能用来学习的行，各带原因。</translation>
        </message>
        <message>
            <source>Running text is read in blocks of {0} tokens; nothing is cut.</source>
            <translation>连续文本按 {0} 个词元一块读取；不截断。</translation>
        </message>
        <message>
            <source>Tags</source>
            <translation>标签</translation>
        </message>
        <message>
            <source>Text lengths</source>
            <translation>文本长度</translation>
        </message>
        <message>
            <source>This task has no classes.</source>
            <translation>这个任务没有类别。</translation>
        </message>
        <message>
            <source>in tokens; no text loses its end</source>
            <translation>以词元计；没有文本失去结尾</translation>
        </message>
        <message>
            <source>longest</source>
            <translation>最长</translation>
        </message>
        <message>
            <source>{0} classes of {1} rows each</source>
            <translation>{0} 个类别，各 {1} 行</translation>
        </message>
        <message>
            <source>{0} classes of {1} to {2} rows</source>
            <translation>{0} 个类别，每类 {1} 至 {2} 行</translation>
        </message>
        <message>
            <source>{0} could not be read</source>
            <translation>{0} 行无法读取</translation>
        </message>
        <message>
            <source>{0} could not be read.</source>
            <translation>{0} 行无法读取。</translation>
        </message>
        <message>
            <source>{0} labels; a row may have several</source>
            <translation>{0} 个标签，一行可有多个</translation>
        </message>
        <message>
            <source>{0} of {1} texts are read in windows</source>
            <translation>{1} 段文本中有 {0} 段分窗读取</translation>
        </message>
        <message>
            <source>{0} of {1} texts lose their end</source>
            <translation>{1} 条文本中有 {0} 条失去结尾</translation>
        </message>
        <message>
            <source>{0} read</source>
            <translation>读入 {0} 行</translation>
        </message>
        <message>
            <source>{0} tags, counted by word</source>
            <translation>{0} 个标签，按词计数</translation>
        </message>
        <message>
            <source>{0} were read and cannot be learned from.</source>
            <translation>{0} 行已读入，但不能用来学习。</translation>
        </message>
    </context>
    <context>
        <name>StackDrawing</name>
        <message>
            <source>+ {0}</source>
            <translation>+ {0}</translation>
        </message>
        <message>
            <source>A learned number for each distance is added to the scores.</source>
            <translation>每种距离有一个学得的数，加到分数上。</translation>
        </message>
        <message>
            <source>A learned vector for each place is added to the embedding.</source>
            <translation>每个位置有一个学得的向量，加到嵌入上。</translation>
        </message>
        <message>
            <source>A vector of {0} numbers for each token; position tables are counted here.</source>
            <translation>每个词元是一个 {0} 维向量；位置表也计算在内。</translation>
        </message>
        <message>
            <source>All layers use the same weights.</source>
            <translation>所有层共用同一组权重。</translation>
        </message>
        <message>
            <source>Drawing of the model</source>
            <translation>模型的示意图</translation>
        </message>
        <message>
            <source>Each token sees itself and what stands before it.</source>
            <translation>每个词元能看到自己和它前面的内容。</translation>
        </message>
        <message>
            <source>Layer {0} of {1}</source>
            <translation>第 {0} 层，共 {1} 层</translation>
        </message>
        <message>
            <source>Order is not told: attention sees a bag of tokens.</source>
            <translation>没有顺序信息：注意力看到的是一袋词元。</translation>
        </message>
        <message>
            <source>Queries and keys are turned by an angle that grows with the place.</source>
            <translation>查询和键按随位置增长的角度旋转。</translation>
        </message>
        <message>
            <source>Queries from the decoder, keys and values from the encoder.</source>
            <translation>查询来自解码器，键和值来自编码器。</translation>
        </message>
        <message>
            <source>Scores fall with the distance, in each head at its own rate.</source>
            <translation>分数随距离下降，每个头的速度各不相同。</translation>
        </message>
        <message>
            <source>Sines and cosines of the place are added to the embedding.</source>
            <translation>位置的正弦和余弦加到嵌入上。</translation>
        </message>
        <message>
            <source>The output: {0}.</source>
            <translation>输出：{0}。</translation>
        </message>
        <message>
            <source>a tag for each token</source>
            <translation>每个词元一个标签</translation>
        </message>
        <message>
            <source>cross-attention</source>
            <translation>交叉注意力</translation>
        </message>
        <message>
            <source>each label: yes or no</source>
            <translation>每个标签：是或否</translation>
        </message>
        <message>
            <source>embeddings {0}</source>
            <translation>嵌入 {0}</translation>
        </message>
        <message>
            <source>feed-forward {0} · {1}</source>
            <translation>前馈 {0} · {1}</translation>
        </message>
        <message>
            <source>first and last token</source>
            <translation>首尾词元</translation>
        </message>
        <message>
            <source>hidden tokens</source>
            <translation>被遮住的词元</translation>
        </message>
        <message>
            <source>masked self-attention</source>
            <translation>带掩码的自注意力</translation>
        </message>
        <message>
            <source>next target token</source>
            <translation>下一个目标词元</translation>
        </message>
        <message>
            <source>next token</source>
            <translation>下一个词元</translation>
        </message>
        <message>
            <source>no positions</source>
            <translation>无位置编码</translation>
        </message>
        <message>
            <source>one class</source>
            <translation>一个类别</translation>
        </message>
        <message>
            <source>one number</source>
            <translation>一个数</translation>
        </message>
        <message>
            <source>self-attention</source>
            <translation>自注意力</translation>
        </message>
        <message>
            <source>target so far</source>
            <translation>已有的目标</translation>
        </message>
        <message>
            <source>tokens of the text</source>
            <translation>文本的词元</translation>
        </message>
        <message>
            <source>{0} of width {1}: {2}</source>
            <translation>{0}，宽度 {1}：{2}</translation>
        </message>
        <message>
            <source>{0} of {1} layers</source>
            <translation>{1} 层中的 {0} 层</translation>
        </message>
        <message>
            <source>{0} parameters</source>
            <translation>{0} 个参数</translation>
        </message>
        <message>
            <source>{0}: from {1} to {2} and back, for each token alone</source>
            <translation>{0}：从 {1} 到 {2} 再回来，每个词元各自进行</translation>
        </message>
        <message>
            <source>{0}: {1}</source>
            <translation>{0}：{1}</translation>
        </message>
        <message>
            <source>{0}: {1} layers of {2} heads, width {3}, positions {4}, norm {5}.</source>
            <translation>{0}：{1} 层，每层 {2} 个头，宽度 {3}，位置编码 {4}，归一化 {5}。</translation>
        </message>
    </context>
    <context>
        <name>StartChoice</name>
        <message>
            <source>A hub name…</source>
            <translation>Hub 模型名…</translation>
        </message>
        <message>
            <source>A model folder…</source>
            <translation>模型文件夹…</translation>
        </message>
        <message>
            <source>Advised: {0}.</source>
            <translation>建议：{0}。</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Choose one…</source>
            <translation>选择模型…</translation>
        </message>
        <message>
            <source>Fetch</source>
            <translation>获取</translation>
        </message>
        <message>
            <source>Fine-tune a model of the Hugging Face hub; it is fetched once and kept.</source>
            <translation>微调 Hugging Face Hub 上的模型；只下载一次并保留。</translation>
        </message>
        <message>
            <source>Fine-tune a pretrained model from a folder.</source>
            <translation>从文件夹载入预训练模型进行微调。</translation>
        </message>
        <message>
            <source>Fresh weights, in the shape set below.</source>
            <translation>全新的权重，结构由下面设定。</translation>
        </message>
        <message>
            <source>From scratch</source>
            <translation>从零开始</translation>
        </message>
        <message>
            <source>How much of the model is fetched</source>
            <translation>模型已下载的比例</translation>
        </message>
        <message>
            <source>Name of a model on the hub</source>
            <translation>模型库中的名称</translation>
        </message>
        <message>
            <source>such as distilbert/distilbert-base-uncased</source>
            <translation>例如 distilbert/distilbert-base-uncased</translation>
        </message>
        <message>
            <source>{0}: the folder decides the shape and the tokenizer.</source>
            <translation>{0}：由文件夹决定结构和分词器。</translation>
        </message>
        <message>
            <source>{0}: the model decides the shape and the tokenizer.</source>
            <translation>{0}：由该模型决定结构和分词器。</translation>
        </message>
        <message>
            <source>{0}: {1} % fetched</source>
            <translation>{0}：已下载 {1}%</translation>
        </message>
    </context>
    <context>
        <name>Starting</name>
        <message>
            <source>A moment: the settings that suit the table and the model are being found.</source>
            <translation>请稍候：正在确定适合这张表和这个模型的设置。</translation>
        </message>
        <message>
            <source>A moment: the table is being read.</source>
            <translation>请稍候：正在读取表格。</translation>
        </message>
        <message>
            <source>A setting on the Model page needs another value.</source>
            <translation>“模型”页有一项设置需要换一个值。</translation>
        </message>
        <message>
            <source>Open a table first.</source>
            <translation>请先打开一张表。</translation>
        </message>
        <message>
            <source>The table cannot be learned from yet: the Data page says why.</source>
            <translation>这张表还不能用于学习：原因见“数据”页。</translation>
        </message>
    </context>
    <context>
        <name>StepDesk</name>
        <message>
            <source>Only the chosen row of step {0} is shown</source>
            <translation>只显示第 {0} 步中选定的那一行</translation>
        </message>
    </context>
    <context>
        <name>StepRowsView</name>
        <message>
            <source>Copy</source>
            <translation>复制</translation>
        </message>
        <message>
            <source>Copy the chosen row: number, loss, target and text (Ctrl+C)</source>
            <translation>复制选定的行：行号、损失、目标和文本（Ctrl+C）</translation>
        </message>
        <message>
            <source>In the table</source>
            <translation>在表格中显示</translation>
        </message>
        <message>
            <source>Inspect</source>
            <translation>观察</translation>
        </message>
        <message>
            <source>Look into the model with the text of the chosen row: Enter or a double click does it, too</source>
            <translation>用所选行的文本观察模型：按回车键或双击也可以</translation>
        </message>
        <message>
            <source>Loss</source>
            <translation>损失</translation>
        </message>
        <message>
            <source>Read as: {0}</source>
            <translation>模型读到的是：{0}</translation>
        </message>
        <message>
            <source>Row</source>
            <translation>行</translation>
        </message>
        <message>
            <source>Rows of the step</source>
            <translation>这一步的各行</translation>
        </message>
        <message>
            <source>Rows of the step: Enter looks into the model with the text of a row</source>
            <translation>这一步的各行：按回车键用某一行的文本观察模型</translation>
        </message>
        <message>
            <source>Share</source>
            <translation>占比</translation>
        </message>
        <message>
            <source>Show the chosen row on the Data page, where that shows the table of this run</source>
            <translation>在数据页显示选定的行（数据页须打开着本次运行的表格）</translation>
        </message>
        <message>
            <source>Target</source>
            <translation>目标</translation>
        </message>
        <message>
            <source>Text</source>
            <translation>文本</translation>
        </message>
    </context>
    <context>
        <name>StepView</name>
        <message>
            <source>(cut to {0})</source>
            <translation>（裁剪到 {0}）</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message>
            <source>Gradient norm by layer</source>
            <translation>各层梯度范数</translation>
        </message>
        <message>
            <source>Look into the next spike</source>
            <translation>查看下一个尖峰</translation>
        </message>
        <message>
            <source>Look into the spike before</source>
            <translation>查看上一个尖峰</translation>
        </message>
        <message>
            <source>Loss, gradient norm and learning rate are the recorded ones to the last bit: this is that step.</source>
            <translation>损失、梯度范数和学习率与记录的值逐位相同：这正是那一步。</translation>
        </message>
        <message>
            <source>Made again from the beginning of the run.</source>
            <translation>从运行的开头重做。</translation>
        </message>
        <message>
            <source>Made again from the checkpoint of step {0}.</source>
            <translation>从第 {0} 步的检查点重做。</translation>
        </message>
        <message>
            <source>Not the same to the last bit: recorded are loss {0} and gradient norm {1}, here they are {2} and {3}. Another device, version or number of processes computes a little differently.</source>
            <translation>并非逐位相同：记录的损失是 {0}、梯度范数是 {1}，这里是 {2} 和 {3}。设备、版本或进程数不同，计算结果会略有差异。</translation>
        </message>
        <message>
            <source>Step {0}</source>
            <translation>第 {0} 步</translation>
        </message>
        <message>
            <source>Waiting for the process that repeats the training…</source>
            <translation>正在等待重演训练的进程……</translation>
        </message>
        <message>
            <source>before clipping</source>
            <translation>裁剪之前</translation>
        </message>
        <message>
            <source>beside the training, which is slower meanwhile</source>
            <translation>与训练同时进行，训练此时会变慢</translation>
        </message>
        <message>
            <source>learning rate {0}</source>
            <translation>学习率 {0}</translation>
        </message>
        <message>
            <source>row {0}: {1}</source>
            <translation>第 {0} 行：{1}</translation>
        </message>
        <message>
            <source>{0} left</source>
            <translation>还剩 {0}</translation>
        </message>
    </context>
    <context>
        <name>StepWalls</name>
        <message>
            <source>After the step</source>
            <translation>这一步之后</translation>
        </message>
        <message>
            <source>After − before</source>
            <translation>之后 − 之前</translation>
        </message>
        <message>
            <source>After − before, up to ±{0}</source>
            <translation>之后 − 之前，最大 ±{0}</translation>
        </message>
        <message>
            <source>Attention before and after</source>
            <translation>前后的注意力</translation>
        </message>
        <message>
            <source>Before the step</source>
            <translation>这一步之前</translation>
        </message>
        <message>
            <source>Being looked at…</source>
            <translation>正在观察……</translation>
        </message>
        <message>
            <source>Cross</source>
            <translation>交叉</translation>
        </message>
        <message>
            <source>Decoder</source>
            <translation>解码器</translation>
        </message>
        <message>
            <source>Encoder</source>
            <translation>编码器</translation>
        </message>
    </context>
    <context>
        <name>SurveyBar</name>
        <message>
            <source>Also switch each head off by itself and tell what that does: one pass for each head</source>
            <translation>另外把每个头单独关掉，给出影响：每个头要多算一遍</translation>
        </message>
        <message>
            <source>Back to the text</source>
            <translation>回到这段文本</translation>
        </message>
        <message>
            <source>Column</source>
            <translation>列</translation>
        </message>
        <message>
            <source>How many rows</source>
            <translation>行数</translation>
        </message>
        <message>
            <source>Importance</source>
            <translation>重要性</translation>
        </message>
        <message>
            <source>Measure the heads over the first rows of a table instead of over one text</source>
            <translation>不只看一段文本，而是在表格的前若干行上测量注意力头</translation>
        </message>
        <message>
            <source>Over a table…</source>
            <translation>用一张表测量…</translation>
        </message>
        <message>
            <source>{0} rows</source>
            <translation>{0} 行</translation>
        </message>
    </context>
    <context>
        <name>TableModel</name>
        <message>
            <source>This row is not used: {0}</source>
            <translation>这一行不会被使用：{0}</translation>
        </message>
        <message>
            <source>as used: {0}
in the file: {1}</source>
            <translation>实际使用：{0}
文件中：{1}</translation>
        </message>
    </context>
    <context>
        <name>TablePanel</name>
        <message>
            <source>As in the file</source>
            <translation>按文件原样</translation>
        </message>
        <message>
            <source>As they are used</source>
            <translation>按实际使用</translation>
        </message>
        <message>
            <source>Cells that mends change are coloured, rows that are left out are struck through.</source>
            <translation>被修补改动的单元格带底色，不使用的行加删除线。</translation>
        </message>
        <message>
            <source>How mended rows are shown</source>
            <translation>修补过的行如何显示</translation>
        </message>
        <message>
            <source>Preview of the table</source>
            <translation>表的预览</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>显示全部</translation>
        </message>
        <message>
            <source>Show all rows</source>
            <translation>显示所有行</translation>
        </message>
        <message>
            <source>Table</source>
            <translation>表</translation>
        </message>
        <message>
            <source>The rows appear here once the file can be read. Change a guess above, or open another table.</source>
            <translation>文件能读取之后，各行会显示在这里。请修改上面的判断，或打开另一张表。</translation>
        </message>
        <message>
            <source>second text</source>
            <translation>第二文本</translation>
        </message>
        <message>
            <source>start of the answer</source>
            <translation>答案起点</translation>
        </message>
        <message>
            <source>target</source>
            <translation>目标</translation>
        </message>
        <message>
            <source>text</source>
            <translation>文本</translation>
        </message>
    </context>
    <context>
        <name>TablePrediction</name>
        <message>
            <source>A table</source>
            <translation>一张表</translation>
        </message>
        <message>
            <source>Choose a model above; then drop a table here.</source>
            <translation>请先在上方选择模型，然后把表拖到这里。</translation>
        </message>
        <message>
            <source>Choose a table…</source>
            <translation>选择表格…</translation>
        </message>
        <message>
            <source>Column of the second text</source>
            <translation>第二段文本所在的列</translation>
        </message>
        <message>
            <source>Column to read</source>
            <translation>要读的列</translation>
        </message>
        <message>
            <source>Columns to read</source>
            <translation>要读取的列</translation>
        </message>
        <message>
            <source>Drop a table here, or choose one: it comes back with the same rows and columns, and the predictions.</source>
            <translation>把表拖到这里，或选择一张：返回的表保留相同的行和列，并附上预测结果。</translation>
        </message>
        <message>
            <source>First rows with their predictions</source>
            <translation>前几行及其预测</translation>
        </message>
        <message>
            <source>The model is being loaded; then drop a table here.</source>
            <translation>正在加载模型，完成后请把表拖到这里。</translation>
        </message>
        <message>
            <source>added</source>
            <translation>新增</translation>
        </message>
        <message>
            <source>second text</source>
            <translation>第二文本</translation>
        </message>
        <message>
            <source>text</source>
            <translation>文本</translation>
        </message>
        <message>
            <source>{0} · preview of {1} rows</source>
            <translation>{0} · 预览 {1} 行</translation>
        </message>
    </context>
    <context>
        <name>TextPrediction</name>
        <message>
            <source>A text</source>
            <translation>一段文本</translation>
        </message>
        <message>
            <source>Its probability, on average for each token: {0}</source>
            <translation>平均每个词元的概率：{0}</translation>
        </message>
        <message>
            <source>Second text to predict for</source>
            <translation>要预测的第二段文本</translation>
        </message>
        <message>
            <source>Text to predict for</source>
            <translation>要预测的文本</translation>
        </message>
        <message>
            <source>The answer in the passage: {0} ({1})</source>
            <translation>段落中的答案：{0}（{1}）</translation>
        </message>
        <message>
            <source>The model finds no answer in the passage.</source>
            <translation>模型在段落中没有找到答案。</translation>
        </message>
        <message>
            <source>The model says that none of the labels holds.</source>
            <translation>模型认为没有任何标签成立。</translation>
        </message>
        <message>
            <source>The model says: {0}</source>
            <translation>模型认为：{0}</translation>
        </message>
        <message>
            <source>The model writes: {0}</source>
            <translation>模型写出：{0}</translation>
        </message>
        <message>
            <source>Type a question</source>
            <translation>输入一个问题</translation>
        </message>
        <message>
            <source>Type a text</source>
            <translation>输入一段文本</translation>
        </message>
        <message>
            <source>Type or paste the passage that holds the answer</source>
            <translation>输入或粘贴包含答案的段落</translation>
        </message>
        <message>
            <source>Type the first text</source>
            <translation>输入第一段文本</translation>
        </message>
        <message>
            <source>Type the second text</source>
            <translation>输入第二段文本</translation>
        </message>
        <message>
            <source>What the model says appears here as soon as both texts are typed.</source>
            <translation>两段文本都输入后，模型的回答会显示在这里。</translation>
        </message>
        <message>
            <source>What the model says appears here while you type.</source>
            <translation>输入时，模型的回答会显示在这里。</translation>
        </message>
        <message>
            <source>the text is longer than the model reads; its end was cut</source>
            <translation>文本超过模型能读的长度，末尾已被截去</translation>
        </message>
    </context>
    <context>
        <name>TokenChips</name>
        <message>
            <source>Tokens and their share in the answer. Left and Right go from token to token.</source>
            <translation>各词元及其对答案的贡献。左右方向键在词元间移动。</translation>
        </message>
    </context>
    <context>
        <name>TopBar</name>
        <message>
            <source>Attention Workbench</source>
            <translation>Attention Workbench</translation>
        </message>
        <message>
            <source>Continue</source>
            <translation>继续</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>已完成</translation>
        </message>
        <message>
            <source>Done early</source>
            <translation>提前完成</translation>
        </message>
        <message>
            <source>End after this step; what was learned is kept (Shift+F5)</source>
            <translation>在这一步之后结束；学到的都会保留（Shift+F5）</translation>
        </message>
        <message>
            <source>Failed</source>
            <translation>失败</translation>
        </message>
        <message>
            <source>Go on (F5)</source>
            <translation>继续（F5）</translation>
        </message>
        <message>
            <source>Go on with this run where it stopped</source>
            <translation>从停下的地方继续这次运行</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>暂停</translation>
        </message>
        <message>
            <source>Paused</source>
            <translation>已暂停</translation>
        </message>
        <message>
            <source>Pausing after this step</source>
            <translation>这一步之后暂停</translation>
        </message>
        <message>
            <source>Preparing</source>
            <translation>正在准备</translation>
        </message>
        <message>
            <source>Progress of the run</source>
            <translation>运行进度</translation>
        </message>
        <message>
            <source>Resume</source>
            <translation>继续</translation>
        </message>
        <message>
            <source>Start training (F5)</source>
            <translation>开始训练（F5）</translation>
        </message>
        <message>
            <source>Stop &amp;&amp; keep</source>
            <translation>停止并保留</translation>
        </message>
        <message>
            <source>Stopped</source>
            <translation>已停止</translation>
        </message>
        <message>
            <source>Stopping, keeping everything</source>
            <translation>正在停止，全部保留</translation>
        </message>
        <message>
            <source>Train</source>
            <translation>训练</translation>
        </message>
        <message>
            <source>Trained elsewhere, watched here</source>
            <translation>在别处训练，此处旁观</translation>
        </message>
        <message>
            <source>Training ended by itself before its last step: nothing better came, or its time was over. The best is kept.</source>
            <translation>训练在最后一步之前自行结束：没有更好的结果，或时间已到。最好的结果已保留。</translation>
        </message>
        <message>
            <source>Training happens on {0}. Memory in use: {1} MiB by the window, {2} MiB by the engine, of {3} GiB.</source>
            <translation>训练在 {0} 上进行。内存占用：窗口 {1} MiB，引擎 {2} MiB，共 {3} GiB。</translation>
        </message>
        <message>
            <source>Wait after this step (F5)</source>
            <translation>在这一步之后等待（F5）</translation>
        </message>
        <message>
            <source>decoder</source>
            <translation>解码器</translation>
        </message>
        <message>
            <source>encoder</source>
            <translation>编码器</translation>
        </message>
        <message>
            <source>encoder–decoder</source>
            <translation>编码器–解码器</translation>
        </message>
        <message>
            <source>fine-tuning</source>
            <translation>微调</translation>
        </message>
        <message>
            <source>more than {0} left</source>
            <translation>剩余超过 {0}</translation>
        </message>
        <message>
            <source>step {0} of {1}</source>
            <translation>第 {0} 步，共 {1} 步</translation>
        </message>
        <message>
            <source>{0} + {0} layers</source>
            <translation>{0} + {0} 层</translation>
        </message>
        <message>
            <source>{0} GiB used</source>
            <translation>已用 {0} GiB</translation>
        </message>
        <message>
            <source>{0} left</source>
            <translation>还剩 {0}</translation>
        </message>
        <message>
            <source>{0} tokens/s</source>
            <translation>{0} 词元/秒</translation>
        </message>
    </context>
    <context>
        <name>TrainPage</name>
        <message>
            <source>Confusion</source>
            <translation>混淆</translation>
        </message>
        <message>
            <source>Edits</source>
            <translation>修改</translation>
        </message>
        <message>
            <source>Evaluation</source>
            <translation>评估</translation>
        </message>
        <message>
            <source>Give the heads the whole page, as for an audience (with F11: the whole screen)</source>
            <translation>让注意力头占满整页，便于给观众看（配合 F11 占满屏幕）</translation>
        </message>
        <message>
            <source>Large</source>
            <translation>放大</translation>
        </message>
        <message>
            <source>Opening the model…</source>
            <translation>正在打开模型…</translation>
        </message>
        <message>
            <source>Positions</source>
            <translation>位置编码</translation>
        </message>
        <message>
            <source>Predictions</source>
            <translation>预测</translation>
        </message>
        <message>
            <source>Report</source>
            <translation>报告</translation>
        </message>
        <message>
            <source>Step {0}</source>
            <translation>第 {0} 步</translation>
        </message>
        <message>
            <source>The heads appear here with the first step of training.</source>
            <translation>训练走出第一步后，注意力头会显示在这里。</translation>
        </message>
        <message>
            <source>Training</source>
            <translation>训练过程</translation>
        </message>
    </context>
    <context>
        <name>VariantsPanel</name>
        <message>
            <source>Augmented texts</source>
            <translation>增强后的文本</translation>
        </message>
        <message>
            <source>each reading draws anew</source>
            <translation>每次读取都重新抽取</translation>
        </message>
    </context>
    <context>
        <name>Verdict</name>
        <message>
            <source>1 row is too few</source>
            <translation>只有 1 行，太少，</translation>
        </message>
        <message>
            <source>The answers could not be scored.</source>
            <translation>无法为这些答案评分。</translation>
        </message>
        <message>
            <source>This run keeps no answers row by row.</source>
            <translation>该运行没有逐行保存答案。</translation>
        </message>
        <message>
            <source>{0} points</source>
            <translation>{0} 个百分点</translation>
        </message>
        <message>
            <source>{0} rows are too few</source>
            <translation>只有 {0} 行，太少，</translation>
        </message>
        <message>
            <source>{0} {1} ({2} … {3})</source>
            <translation>{0} {1}（{2} … {3}）</translation>
        </message>
        <message>
            <source>{0}. The run was stopped before the simple baseline was made; go on with the run to compare.</source>
            <translation>{0}。运行在建立简单基线之前被停止；继续该运行即可比较。</translation>
        </message>
        <message>
            <source>{0}. There is no simple baseline to compare with here.</source>
            <translation>{0}。这里没有可比较的简单基线。</translation>
        </message>
        <message>
            <source>{0}: better than the baseline by {1} ({2} … {3}).</source>
            <translation>{0}：比基线好 {1}（{2} … {3}）。</translation>
        </message>
        <message>
            <source>{0}: better than the other run by {1} ({2} … {3}).</source>
            <translation>{0}：比另一次运行好 {1}（{2} … {3}）。</translation>
        </message>
        <message>
            <source>{0}: the other run is as good (difference {1} … {2}).</source>
            <translation>{0}：另一次运行同样好（差异 {1} … {2}）。</translation>
        </message>
        <message>
            <source>{0}: the other run is better by {1} ({2} … {3}).</source>
            <translation>{0}：另一次运行好 {1}（{2} … {3}）。</translation>
        </message>
        <message>
            <source>{0}: the simple baseline is as good (difference {1} … {2}); prefer it.</source>
            <translation>{0}：简单基线同样好（差异 {1} … {2}）；请优先用它。</translation>
        </message>
        <message>
            <source>{0}: the simple baseline is better by {1} ({2} … {3}); prefer it.</source>
            <translation>{0}：简单基线好 {1}（{2} … {3}）；请优先用它。</translation>
        </message>
        <message>
            <source>{0}: {1} to tell it from the baseline (difference {2} … {3}).</source>
            <translation>{0}：{1}无法与基线区分（差异 {2} … {3}）。</translation>
        </message>
        <message>
            <source>{0}: {1} to tell it from the other run (difference {2} … {3}).</source>
            <translation>{0}：{1}无法与另一次运行区分（差异 {2} … {3}）。</translation>
        </message>
    </context>
    <context>
        <name>VerdictCard</name>
        <message>
            <source>Back to the baseline</source>
            <translation>回到基线</translation>
        </message>
        <message>
            <source>Baseline</source>
            <translation>基线</translation>
        </message>
        <message>
            <source>Baseline: a simple model that only counts words ({0}).</source>
            <translation>基线：只统计词语的简单模型（{0}）。</translation>
        </message>
        <message>
            <source>Baseline: a simple model that only counts words.</source>
            <translation>基线：只统计词语的简单模型。</translation>
        </message>
        <message>
            <source>Compare with a run…</source>
            <translation>与另一次运行比较…</translation>
        </message>
        <message>
            <source>Evaluation</source>
            <translation>评估</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>模型</translation>
        </message>
        <message>
            <source>Points are percentage points.</source>
            <translation>文中的差距以百分点计。</translation>
        </message>
        <message>
            <source>Reading the answers…</source>
            <translation>正在读取答案…</translation>
        </message>
        <message>
            <source>Rows that are judged</source>
            <translation>评估所用的行</translation>
        </message>
        <message>
            <source>Score that is drawn</source>
            <translation>绘制的得分</translation>
        </message>
        <message>
            <source>Set another run on the same table in the baseline's place, on the rows both answered</source>
            <translation>用同一张表上的另一次运行代替基线，只比较两者都作答的行</translation>
        </message>
        <message>
            <source>There are no answers to judge.</source>
            <translation>没有可评估的答案。</translation>
        </message>
        <message>
            <source>test rows</source>
            <translation>测试行</translation>
        </message>
        <message>
            <source>validation rows</source>
            <translation>验证行</translation>
        </message>
        <message>
            <source>{0} of {1} rows</source>
            <translation>{1} 行中的 {0} 行</translation>
        </message>
        <message>
            <source>{0} · intervals of 95 %</source>
            <translation>{0} · 95 % 区间</translation>
        </message>
    </context>
    <context>
        <name>WordEffectsView</name>
        <message>
            <source>Blue: without it the answer loses, so it speaks for it. Orange: it speaks against it. This is measured, not read off attention; words that say the same twice each seem to do little.</source>
            <translation>蓝色：去掉它，答案的概率下降，说明它支持答案。橙色：它反对答案。这是测量出来的，不是从注意力读出来的；意思重复的词各自看起来作用都很小。</translation>
        </message>
        <message>
            <source>Deleting closes the text up, so that later words move; hiding puts the mask token in each place.</source>
            <translation>删除会让后面的词前移；遮住则在原位放入掩码词元。</translation>
        </message>
        <message>
            <source>Each word is taken out of the text by itself, and the text read again ({0} times in all).</source>
            <translation>逐个去掉每个词，再让模型重新读文本（共 {0} 次）。</translation>
        </message>
        <message>
            <source>How a word is taken out</source>
            <translation>去掉词的方式</translation>
        </message>
        <message>
            <source>Move over a word to read its effect.</source>
            <translation>把鼠标移到一个词上查看它的作用。</translation>
        </message>
        <message>
            <source>The last {0} words are beyond what the model reads.</source>
            <translation>最后 {0} 个词超出了模型能读的范围。</translation>
        </message>
        <message>
            <source>The text is long: {0} neighbours at a time share a value.</source>
            <translation>文本很长：每 {0} 个相邻的词合用一个值。</translation>
        </message>
        <message>
            <source>What speaks for “{0}”, and what against it</source>
            <translation>哪些词支持“{0}”，哪些反对</translation>
        </message>
        <message>
            <source>Without “{0}” the model says {1} instead of {2}: the word adds {3}</source>
            <translation>去掉“{0}”后，模型的回答从 {2} 变为 {1}：这个词贡献了 {3}</translation>
        </message>
        <message>
            <source>Without “{0}” the probability goes from {1} to {2}: the word adds {3} points</source>
            <translation>去掉“{0}”后，概率从 {1} 变为 {2}：这个词贡献了 {3} 个百分点</translation>
        </message>
        <message>
            <source>by deleting each word</source>
            <translation>逐词删除</translation>
        </message>
        <message>
            <source>by hiding each word</source>
            <translation>逐词遮住</translation>
        </message>
        <message>
            <source>“{0}” is beyond what the model reads.</source>
            <translation>“{0}”超出了模型能读的范围。</translation>
        </message>
    </context>
    <context>
        <name>Workbench</name>
        <message>
            <source>Loading the engine…</source>
            <translation>正在载入引擎…</translation>
        </message>
        <message>
            <source>Ready.</source>
            <translation>就绪。</translation>
        </message>
    </context>
    <context>
        <name>_Model</name>
        <message>
            <source>line</source>
            <translation>行</translation>
        </message>
        <message>
            <source>reason</source>
            <translation>原因</translation>
        </message>
        <message>
            <source>text</source>
            <translation>文本</translation>
        </message>
    </context>
</TS>
