"""The plots of `stories.txt`.

A plot is a sequence of beats, a beat a choice of ways to tell it.
"""

# ruff: noqa: E501 - a beat is read as one line

ELDERS = ("Grandma Rose", "old Mr. Barley", "the miller", "Aunt Clara", "the old turtle", "the ferryman")
RULES = {
    "opening": (
        "one {weather} morning",
        "on a {weather} day in [spring|summer|autumn|winter]",
        "[last week|one Sunday|early one day|after breakfast]",
        "at [dawn|noon|sunrise] one day",
        "in the first week of [March|May|June|October]",
    ),
    "weather": ("sunny", "windy", "foggy", "cold", "rainy", "bright", "cloudy", "frosty"),
    "intro": (
        "{hero} was a {hero_nature} {hero_kind} who lived in {hero_home}.",
        "in {hero_home} lived a {hero_nature} {hero_kind} called {hero}.",
        "there was once a {hero_kind} named {hero}. {Hero_he} was {hero_nature}, and {hero_he} lived in {hero_home}.",
        "everybody knew {hero}, the {hero_nature} {hero_kind} from {hero_home}.",
    ),
    "place": ("the ruins", "the market", "the old bridge", "the river", "the meadow", "the hill", "the mill", "the orchard", "the pond"),
    "answered": ("said", "answered", "replied"),
    "cried": ("cried", "called", "shouted"),
    "elder": ELDERS,
    "sad": ("sad", "upset", "close to tears", "very quiet", "unhappy"),
    "glad": ("glad", "happy", "proud", "full of joy", "cheerful", "relieved"),
    "meal": (
        "then they shared {hero_treat} and {friend_treat} until the [moon came up|sun went down].",
        "that evening they had {friend_treat} for {friend} and {hero_treat} for {hero}.",
        "{friend} brought {hero_treat}, because {friend_he} knew that {hero} loved it best.",
        "they were so hungry that they ate all the {hero_treat} in the house.",
    ),
    "lesson": (
        '"[It is easier|Everything is easier] with a friend," said {hero}.',
        "{hero} never forgot that day.",
        "and from then on they were the best of friends.",
        "{hero} slept well that night, for {hero_he} had nothing to be sorry about.",
        '"[Tomorrow|Next time] we will do it together," said {friend}, and {hero} nodded.',
        "that night {hero} thanked the stars for a friend like {friend}.",
        "{elder} heard the whole story and smiled for a long time.",
    ),
    "aside": (
        "a [blackbird|cricket|frog] was singing somewhere.",
        "the [grass|path|wood] was still wet from the night.",
        "it smelled of [hay|smoke|apples|rain|mint].",
        "[two|three] clouds stood over {place} and did not move.",
        "far away, {elder} was calling the [cows|children|ducks].",
        "the [church|school] clock struck [three|four|five].",
        "",
        "",
        "",
    ),
}  # fmt: skip

PLOTS = {
    "lost": (
        (
            "{opening} {hero} could not find {hero_his} {thing}. {Hero_he} looked [under the bed|behind the door|in the cupboard|in the garden], but it was not there.",
            "{hero} had a {thing} that {hero_he} loved more than {hero_treat}. {opening} it was gone.",
            '"Where is my {thing}?" asked {hero} {opening}. {Hero_he} had looked everywhere, even [under the bed|inside the stove|on the roof].',
        ),
        (
            '{hero} was {sad}, so {friend} came over. "What is wrong?" asked {friend}. "My {thing} is lost," said {hero}.',
            '{friend} the {friend_kind} saw that {hero} was {sad}. "Do not worry," said {friend}. "I can {friend_gift}. I will help you."',
            "{hero} sat down and was {sad}. Just then {friend} came by, and because {friend} was a {friend_nature} {friend_kind}, {friend_he} stopped at once.",
        ),
        (
            "they went to {place} first, because {hero} had played there the day before. They found [a button|an old shoe|a spoon|a feather], but no {thing}. {aside}",
            '"When did you have it last?" asked {friend}. {hero} thought hard. "[Yesterday|On Monday|Before the rain], near {place}." So they ran to {place}.',
            "they asked {elder}, who had seen something strange near {place}. {aside} So they went there together.",
        ),
        (
            "{friend} had good eyes, and that is how {friend_he} found the {thing}: it lay [under a bush|between two stones|behind a log|in a puddle].",
            "a [magpie|puppy|squirrel] had taken it! It wanted something [shiny|soft|new] for its [nest|bed|home]. {hero} gave it a [ribbon|button|bell] instead, and it gave back the {thing}.",
            "there it was, [on top of a wall|high in a tree|at the bottom of a ditch]. {hero} could not reach it, but {friend} climbed on {hero_his} shoulders, and soon the {thing} was safe.",
        ),
        (
            '"Thank you!" {cried} {hero}, who was {glad} again.',
            "{hero} held the {thing} tight and was {glad}.",
            '"I will never leave it outside again," said {hero}. {friend} laughed, and both were {glad}.',
        ),
    ),
    "broken": (
        (
            "{opening} {hero} was playing with {friend}'s {thing}. But {cause}, and then the {thing} was {broken}.",
            "{friend} had lent {hero} a {thing}. {opening} {cause}, and because of that the {thing} was {broken}.",
        ),
        (
            "{hero} was afraid to tell {friend}. {Hero_he} hid the {thing} [under a blanket|in a box|behind the shed] and felt {sad} all day.",
            '"Oh no," said {hero}. "{friend} will be angry with me." {Hero_he} could not even eat {hero_treat}, so heavy was {hero_his} heart.',
            "at first {hero} wanted to say that [the cat|the wind|a stranger] had done it. But a lie felt like a stone in {hero_his} [shoe|pocket|stomach].",
        ),
        (
            'so {hero} went to {elder}. "What should I do?" {hero_he} asked. "Tell the truth," said {elder}, "and then mend what you can."',
            '{elder} saw {hero_his} face and asked what had happened. {hero} told everything. "Then you know what to do," said {elder}.',
        ),
        (
            '{hero} walked slowly to {friend_home}, where {friend} lived. "I am sorry. Your {thing} is {broken}," {hero_he} said. "It was because {cause}."',
            '"{friend}, I have to tell you something," said {hero}. "Your {thing} is {broken}, and it is my fault."',
        ),
        (
            '{friend} was {sad} for a moment. Then {friend_he} said, "I am glad that you told me. Let us mend it."',
            '"I was angry," said {friend}, "but you told me the truth, so I am not angry any more."',
            '{friend} said nothing for a while. {aside} Then {friend_he} smiled. "Things break," {friend_he} said. "Friends should not."',
        ),
        (
            "they mended it {mended}, and when they were done the {thing} {use}.",
            "together they worked {mended} until the {thing} {use}.",
        ),
    ),
    "fear": (
        (
            "{hero} was afraid of only one thing: {hero_fear}. {opening} {hero_he} had to go to {place} anyway, because {elder} was ill and needed [medicine|soup|firewood|water].",
            "most of all {hero} feared {hero_fear}. But {opening} {friend} did not come home from {place}, and somebody had to look for {friend_him}.",
        ),
        (
            '"I cannot do it," said {hero}. {Hero_his} [knees|hands|ears] were shaking.',
            "{hero} [stood at the door|sat on the step] and counted to [ten|twenty|a hundred]. {Hero_he} thought of {hero_fear}, and {hero_his} heart beat fast.",
            "{Hero_he} took [a scarf|a stick|a bell|some {hero_treat}] along, and that helped a little.",
        ),
        (
            '{aside} Halfway there it came: {hero_fear}! {hero} wanted to run. But then {hero_he} remembered the words of {elder}: "Brave is not the one who fears nothing. Brave is the one who goes on."',
            "then it happened: there was no way round {hero_fear}. {Hero_he} closed {hero_his} eyes, breathed [in and out|three times], and opened them again. It was not so bad.",
            "and of course there was {hero_fear} on the way. {hero} sang a loud song, and the louder {hero_he} sang, the smaller {hero_his} fear became.",
        ),
        (
            'at {place} {hero_he} found {friend}, who had hurt a foot. "You came!" {cried} {friend}. "You, of all people!"',
            'at last {hero_he} reached {place}. {friend} was there too and could hardly believe it. "You came all this way alone?" {friend_he} asked.',
        ),
        (
            '"I was afraid," said {hero}, "but I was more afraid of doing nothing."',
            '"I was scared the whole time," {hero} {answered}. "But my feet kept walking."',
            "{hero} laughed. {Hero_he} was still a little afraid, and also very {glad}.",
        ),
    ),
    "garden": (
        (
            '{opening} {elder} gave {hero} a [round|tiny|striped|black] seed. "Put it in the ground and wait," said {elder}.',
            "{hero} found a strange seed near {place} {opening}. It was no bigger than a [pea|button|tooth].",
        ),
        (
            '{hero} planted it and waited. After [an hour|a day] nothing had grown, so {hero_he} dug it up again to look. "You must leave it alone," said {friend}, "or it cannot grow."',
            "{hero} planted it where it was [warm|dry|sunny], but {hero_he} forgot to water it. The earth became as hard as stone. {friend} saw it and brought a can of water.",
            '"How long does it take?" asked {hero}. "Longer than you want," {answered} {friend}, who knew about gardens.',
        ),
        (
            "every morning they watered it, and every evening they pulled out the weeds. {aside}",
            "it rained for [three|five|seven] days, and then the sun came out. Because of the rain and the sun, a green tip came out of the ground.",
            "one night there was frost, so {hero} put [a blanket|some straw|{hero_his} own coat] over the little plant.",
        ),
        (
            "in summer the plant was taller than {friend}. It had a [yellow|white|purple] flower as big as a [plate|hat|wheel].",
            "one day there was a pumpkin so heavy that {hero} and {friend} could not lift it. They had to roll it home.",
            "when autumn came, the plant was full of beans, more than they could count.",
        ),
        (
            'they gave some to {elder}, who said, "Patience tastes good."',
            '"I did almost nothing," said {hero}. "You waited," {answered} {friend}, "and that is the hardest part."',
            "{hero} kept [one seed|a handful of seeds] for the next year, for now {hero_he} knew how to wait.",
        ),
    ),
    "race": (
        (
            '{opening} there was a race from {place} to the village. "I will win," said {friend}, who had never lost a race.',
            "the whole village came to see the race {opening}. {hero} and {friend} stood at the line. The winner would get a basket of {hero_treat}.",
        ),
        (
            "{friend} ran off at once, and soon nobody could see {friend_him}. {hero} went on at {hero_his} own speed. {aside}",
            "at first {hero} was ahead, because {hero_he} had [slept|eaten] well. But {friend} came closer and closer.",
        ),
        (
            "near {place} {hero} heard somebody call. It was {friend}, who had fallen into a [ditch|hole|bush] and could not get out.",
            "then {hero} saw that {friend} had stopped. {Friend_his} foot was stuck between two [roots|stones|boards].",
        ),
        (
            '{hero} could have won now. {Hero_he} looked at the road, and {hero_he} looked at {friend}. Then {hero_he} turned back. "Hold on to me," {hero_he} said.',
            '"Run!" {cried} {friend}. "You can win!" But {hero} shook {hero_his} head. "It is no fun to win like that," {hero_he} said, and helped {friend_him} up.',
        ),
        (
            "they came last, side by side, and the village cheered more loudly for them than for the winner.",
            "so it was {elder} who won the race, on foot, with a basket of eggs! Everybody laughed, {hero} and {friend} most of all.",
            "they crossed the line together, and the judges had to cut the prize in two.",
        ),
    ),
    "newcomer": (
        (
            "{opening} a stranger came to the village: {friend}, a {friend_nature} {friend_kind}. Nobody knew {friend_him}, so nobody said hello.",
            "{friend} the {friend_kind} was new in the village and had no friends yet. {opening} {friend_he} sat alone near {place}.",
        ),
        (
            "{hero} wanted to speak to {friend_him}, but did not know how to begin. So {hero_he} put some {hero_treat} on a plate and carried it over.",
            '"Why do you sit here all alone?" asked {hero}. "Because I do not know any game that you play here," {answered} {friend}.',
            '"[Others|People] say that a {friend_kind} is no good at games," somebody whispered. {hero} did not believe it.',
        ),
        (
            "{friend} did not like {hero_treat}, but {friend_he} liked being asked. They talked until noon. {aside}",
            '{hero} knew a game for two and explained the rules. {friend} lost the first game, and the second, and won the third. "Again!" {cried} {friend}.',
        ),
        (
            "the next day a [cow|child|lamb|duckling] was lost near {place}. {friend} could {friend_gift}, and that was just what they needed.",
            "then the [bridge|well|barn] was in danger, because of the storm. {friend} was the first to see it, and so help came in time.",
        ),
        (
            'now everybody wanted to know {friend_him}. "I knew {friend_him} first," said {hero}, and was {glad}.',
            '"Stay with us," said {elder}. And {friend} stayed, in {friend_home}, as everybody knows.',
        ),
    ),
    "feast": (
        (
            "it was {friend}'s birthday, and {hero} wanted to bake a cake with {friend_treat} for {friend_him}. But {opening} there was no [flour|sugar|butter|milk] in the house.",
            "{opening} {hero} had a plan: a feast for {friend}, with a cake with {friend_treat}, and lights, and songs. It had to be a secret.",
        ),
        (
            'so {hero} went to {elder}, who had some to spare. "But first help me to [chop wood|feed the geese|sweep the yard]," said {elder}. {hero} worked until {hero_his} arms were tired.',
            "{hero} was {hero_nature}, and so everything took {hero_him} the whole morning. {aside} [First the fire went out|First the bowl fell down|First the spoon was missing], and then the [dog|goose|cat] ate half of it.",
        ),
        (
            '"What are you doing?" asked {friend} through the window. "Nothing!" {answered} {hero} and hid the bowl behind {hero_his} back.',
            "{friend} thought that everybody had forgotten the day. {Friend_he} went to {place} and was {sad}.",
        ),
        (
            "when {friend} opened the door that evening, there were [ten|twenty|a hundred] candles, and everybody sang.",
            '"Surprise!" they all cried. {friend} [dropped the lamp|sat down on the floor|turned round three times], so great was the surprise.',
        ),
        (
            'the cake came out of the oven a little [burnt|flat|crooked], but {friend} said, "It is the best I ever had." And it was true, because a friend had made it.',
            '"I thought that nobody remembered," said {friend}. "How could I forget?" {answered} {hero}. "I have counted the days."',
        ),
    ),
    "storm": (
        (
            '{opening} the sky over {place} turned [black|yellow|as dark as ink]. "A storm is coming," {cried} {elder}. "Bring everything inside!"',
            "{hero} and {friend} were playing near {place} {opening} when the wind began to blow. {aside}",
        ),
        (
            "the rain fell so hard that the path became a stream. Because the path was gone, they could not go home.",
            "the wind blew away {hero}'s {thing}, and then it took the roof of the [shed|henhouse|boat].",
        ),
        (
            '"I know a place where it is dry," said {hero}, and led the way to {hero_home}.',
            '"Take my hand," said {friend}. "I know the way." And step by step they went on.',
            "{hero} was afraid, but {friend} told {hero_him} a story about [a king without a crown|a whale that could sing|the first snow], and the storm seemed to listen too.",
        ),
        (
            "they lit a [lamp|fire|candle] and waited. Outside it thundered, inside it was warm.",
            "there they found {elder}, wet to the bones, and gave {elder} a blanket and hot [tea|milk|soup].",
        ),
        (
            "in the morning the air was clear. A tree had fallen over the road, so the whole village came with saws, and by noon the road was free.",
            'when the storm was over, there was a rainbow from {place} to the sea. "It was worth it," said {friend}.',
        ),
    ),
    "quarrel": (
        (
            '{opening} {hero} and {friend} found a {thing} near {place}. "I saw it first!" {cried} {hero}. "No, I did!" {cried} {friend}.',
            "{hero} and {friend} both wanted the {thing}. {opening} they pulled at it from both sides, and neither let go.",
        ),
        (
            "they pulled so long that the {thing} was {broken}. Now nobody had it, and both were {sad}.",
            "they shouted until the birds flew away. Then each went home alone, and neither had any fun that day. {aside}",
        ),
        (
            "{hero} ate {hero_treat} alone, and it tasted of nothing. {friend} lay awake in {friend_home}.",
            'at home {hero} told {elder} about it. "What is a {thing} worth," asked {elder}, "if there is nobody to play with?"',
        ),
        (
            'the next morning they met halfway. "You can have it," said {hero}. "No, you," said {friend}. Then they both began to laugh.',
            'so {hero} went to {friend_home} and knocked. "I am sorry," {hero_he} said. "So am I," said {friend} at the same time.',
        ),
        (
            "they took turns after that: {hero} in the morning, {friend} in the afternoon. It was more fun than before, because there was somebody to watch.",
            "they mended the {thing} {mended}, and it {use}. From that day it belonged to both of them.",
        ),
    ),
    "journey": (
        (
            "{hero} had never seen the sea. {opening} {hero_he} packed {hero_treat} and a [map|blanket|whistle] and set out. {friend} came along, because {friend_he} could {friend_gift}.",
            '"What is behind the hill?" asked {hero} {opening}. Nobody knew, not even {elder}. So {hero} and {friend} went to see.',
        ),
        (
            "by noon they reached {place}. A [plank was broken|wall stood in the way|gate was locked], so they had to think. Because {hero} was {hero_nature}, {hero_he} found a way round, and soon they were on the other side.",
            "on the way they met a [snail|tired donkey|lost duckling], which could not go on. They helped it, although it cost them an hour. {aside}",
        ),
        (
            'when it grew dark they slept under [a tree|the stars|an upturned boat]. "Are you awake?" asked {friend}. "Yes," {answered} {hero}. "I am listening."',
            "they had only one piece of food left, so they cut it in two. {friend} took the smaller half, and {hero} pretended not to see it.",
        ),
        (
            "and then they saw it: [blue and wide|grey and endless|bright as a mirror], with white birds above. Neither of them spoke for a long time.",
            "behind the hill there was another hill. They looked at each other and laughed until they had to sit down.",
        ),
        (
            "they took home [a shell|a round stone|a white feather] for {elder}, to show that they had really been there.",
            '"Was it far?" asked {elder} when they came home. "Not with {friend}," {answered} {hero}.',
        ),
    ),
}
