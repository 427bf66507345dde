"""One thing of a page, a problem or another component each, with words that may get lost."""

from tests.media import PDF

from ..exports import a_leaflet

ASSAM = """<multiplechoiceresponse><label>Assam?</label><choicegroup>
    <choice correct="true">India</choice><choice correct="false">Japan</choice></choicegroup>
    </multiplechoiceresponse>"""

PAGES = {
    "a quote of paragraphs with a link": """<blockquote><p>First cup.</p><p>See
        <a href="https://example.org/tea">the whole poem</a>.</p><footer>Lu Tong</footer>
        </blockquote>""",
    "a quote in a list": "<ul><li>One<blockquote>Boil. <cite>Lu Yu</cite></blockquote></li></ul>",
    "words between items": "<ul>Before<li>Green</li>between<li>Black</li>after</ul>",
    "a list in a list and what follows": "<ul><li>A</li><ul><li>B</li></ul>tail<li>C</li></ul>",
    "terms without a meaning": "<dl><dt>Oolong</dt><dt>Wulong</dt><dd>Half.</dd><dt>Puer</dt></dl>",
    "a table with spans": """<table><caption>Times</caption><tr><th>Tea</th><th>Cold</th></tr>
        <tr><td rowspan="2">Green</td><td>Two</td></tr><tr><td>Three</td></tr></table>""",
    "a table in a table": """<table><tr><td>Left<table><tr><td>A</td><td>B</td></tr></table></td>
        <td>Right</td></tr></table>""",
    "a table in a list": "<ul><li>x<table><tr><td>Green</td><td>Two</td></tr></table></li></ul>",
    "formulas": r"""<h2>Of \(a\)</h2><p>Let \(b\) be</p><p>$$c$$</p><blockquote>\(d\)</blockquote>
        <ul><li>[mathjax]f[/mathjax]</li></ul><p>\(\unknown g\)</p>""",
    "a caption with a link": """<figure><img src="/static/tea_leaf.png" alt="A leaf">
        <figcaption>By <a href="https://example.org">Ada</a></figcaption></figure>""",
    "two captions": """<figure><img src="/static/tea_leaf.png" alt="A leaf"/><figcaption>One
        </figcaption><figcaption>Two</figcaption></figure>""",
    "a caption without a figure": "<figcaption>Alone</figcaption>",
    "a picture that is gone": '<p>Look <img src="/static/gone.png" alt="A gone leaf"></p>',
    "a picture with a title": '<img src="/static/tea_leaf.png" alt="Leaf" title="From Assam">',
    "a long description": f'<img src="/static/tea_leaf.png" alt="{"leaf and bud " * 30}">',
    "an abbreviation": '<p><abbr title="World Health Organization">WHO</abbr></p>',
    "a map": """<p>x</p><map><area href="https://example.org/a" alt="Assam"/>
        <area alt="Uji"/></map>""",
    "a drawing": "<p>x</p><svg><text>Steam</text></svg>",
    "very deep words": "<div>" * 300 + "At the bottom" + "</div>" * 300,
    "a link in a heading": '<h2>See <a href="https://example.org">more</a></h2>',
    "a file linked twice": """<p><a href="/static/x.pdf">The sheet</a></p>
        <p><a href="/static/x.pdf">Once more</a></p>""",
    "a file linked in words": '<p>Read <a href="/static/x.pdf">the sheet</a> today.</p>',
}

PROBLEMS = {
    "hints": f"""{ASSAM}<demandhint><hint>One</hint><hint>Two \\(x\\)</hint></demandhint>""",
    "a correct hint": """<numericalresponse answer="4"><label>The mean?</label>
        <correcthint label="Well done">20 / 5 is <b>4</b>.</correcthint></numericalresponse>""",
    "further answers": """<stringresponse answer="Sneezy" type="ci"><label>A dwarf?</label>
        <additional_answer answer="Happy"><correcthint>Always.</correcthint></additional_answer>
        <additional_answer>Dopey</additional_answer><textline size="20"/></stringresponse>""",
    "answers of old courses": """<p>Where is Detroit?</p>
        <stringresponse answer="MI_or_Michigan"><textline/></stringresponse>""",
    "what is said of a wrong answer": """<stringresponse answer="Alaska"><label>Largest?</label>
        <stringequalhint answer="Texas">The second.</stringequalhint></stringresponse>""",
    "a pattern": '<stringresponse answer="te+a" type="regexp"><label>?</label>Eh</stringresponse>',
    "labels and units of fields": """<numericalresponse answer="2"><formulaequationinput
        label="Its mass" trailing_text="kg"/></numericalresponse>""",
    "a typed part among choices": f"""<p>Warm up by reading.</p><stringresponse answer="Kenya">
        <label>Kericho?</label><textline/><solution><p>In the highlands.</p></solution>
        </stringresponse>{ASSAM}""",
    "words before a drawn part": f"""<p>Read this first.</p><imageresponse><p>Click.</p>
        </imageresponse>{ASSAM}""",
    "labelled feedback": """<multiplechoiceresponse><label>Assam?</label><choicegroup>
        <choice correct="true">India<choicehint label="Indeed">Quite so.</choicehint></choice>
        <choice correct="false">Japan <img src="/static/tea_leaf.png" alt="A map"/></choice>
        </choicegroup></multiplechoiceresponse>""",
    "feedback for combinations": """<choiceresponse><label>Teas?</label><checkboxgroup>
        <choice correct="true">Green</choice><choice correct="false">Mint</choice>
        <booleanhint value="A*~B">Only leaves.</booleanhint></checkboxgroup></choiceresponse>""",
    "feedback for what was not chosen": """<choiceresponse><label>Teas?</label><checkboxgroup>
        <choice correct="true">Green<choicehint selected="false" label="Look again">It is one.
        </choicehint></choice><choice correct="false">Mint</choice><compoundhint value="A B">No and
        yes.</compoundhint></checkboxgroup><solution><p>A herb.</p></solution></choiceresponse>""",
    "feedback beside its question": """<multiplechoiceresponse targeted-feedback=""><label>Assam?
        </label><choicegroup><choice correct="true" explanation-id="a">India</choice>
        <choice correct="false">Japan</choice></choicegroup></multiplechoiceresponse>
        <targetedfeedbackset><targetedfeedback explanation-id="a"><p>On the Brahmaputra.</p>
        </targetedfeedback></targetedfeedbackset>""",
    "two solutions": f"""{
        ASSAM.replace("</choicegroup>", "</choicegroup><solution><p>By the river.</p></solution>")
    }<solution><blockquote>Both <a href="https://example.org">say so</a>.</blockquote>
        <pre>x = 1</pre><img src="/static/tea_leaf.png" alt="A map of it"/></solution>""",
    "a table with words in it": """<table><caption>Origins</caption><tr><th>Tea</th><th>Land</th>
        </tr><tr><td>Keemun</td><td>red</td><td>From <optionresponse><optioninput
        options="('China','Japan')" correct="China"/></optionresponse></td></tr></table>""",
    "words with a hint and a solution": """<p>Think of a cup.</p><demandhint><hint>A small one.
        </hint></demandhint><solution><p>Of porcelain.</p></solution>""",
    "a hint with a picture": f"""{ASSAM}<demandhint><hint>See
        <img src="/static/tea_leaf.png" alt="the leaf"/></hint></demandhint>""",
}

OTHERS = {
    "a title that is the question": """<problem url_name="x" display_name="What is no tea?">
        <multiplechoiceresponse><choicegroup><choice correct="true">Rooibos</choice>
        <choice correct="false">Assam</choice></choicegroup></multiplechoiceresponse></problem>""",
    "a title beside a label": f'<problem url_name="x" display_name="On rivers">{ASSAM}</problem>',
    "a title that says nothing": f"""<problem url_name="x" display_name="Multiple Choice">{ASSAM}
        </problem>""",
    "a poll": """<poll url_name="x" display_name="Milk first?" question="Which first?"
        feedback="Thank you." answers='[["M", {"label": "Milk"}], ["T", {"label": "Tea"}]]'/>""",
    "a survey": """<survey url_name="x" block_name="Habits" feedback="Thanks."
        questions='[["a", {"label": "Daily?"}]]' answers='[["Y", "Yes"], ["N", "No"]]'/>""",
    "an essay": """<openassessment url_name="x"><title>A cup</title><prompts><prompt>
        <description>Describe a cup.</description></prompt></prompts><rubric><criterion>
        <name>0</name><label>Vividness</label><prompt>Is it vivid?</prompt><option points="1">
        <name>1</name><label>Fair</label><explanation>One can see it.</explanation></option>
        </criterion><feedbackprompt>What stood out?</feedbackprompt>
        <feedback_default_text>I noticed that</feedback_default_text></rubric></openassessment>""",
    "instructions to a text": """<annotatable url_name="x" display_name="A poem"><instructions>
        <p>Point at the words.</p></instructions><p>Seven <annotation title="Bowls" body="Lu Tong">
        bowls</annotation>.</p></annotatable>""",
}

FEATURES = [*PAGES, *PROBLEMS, *OTHERS]


def leaflet_of(feature: str) -> dict[str, bytes]:
    """The smallest export with the feature in it."""
    files = {"static/x.pdf": PDF}
    if feature in PAGES:
        return a_leaflet(html=PAGES[feature], **files)
    problem = f'<problem url_name="x">{PROBLEMS.get(feature)}</problem>'
    return a_leaflet(problem=OTHERS.get(feature, problem), **files)
