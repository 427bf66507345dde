"""A small course export of our own, and hostile archives, written by code."""

import io
import json
import tarfile
import zipfile

from PIL import Image

SECRET = "kettle-9f31c2aa77"
CONSUMER_KEY = "teapot_key_42x"
API_KEY = "NotForAnybodysEyes7"
PASSWORD = "oolong!mountain-4"
SECRETS = [SECRET, CONSUMER_KEY, API_KEY, PASSWORD]

STRUCTURE = {
    "course.xml": '<course url_name="run1" org="Leaf" course="TEA1"/>',
    "course/run1.xml": f"""
        <course display_name="Tea, from XML" language="en" course_image="cover.png"
                lti_passports='["taster:{CONSUMER_KEY}:{SECRET}"]'
                learning_info='["Brew green tea without bitterness", "Name six kinds of tea"]'
                start="2026-01-01T00:00:00Z">
          <chapter url_name="leaf"/>
          <chapter display_name="The cup" url_name="cup">
            <sequential display_name="Brewing" url_name="brewing">
              <vertical display_name="Water" url_name="water">
                <html url_name="water_text"><p>Boil it once, <em>not</em> twice.</p></html>
                <problem url_name="temperature" display_name="Temperature"><p>How hot for green
                  tea?</p><multiplechoiceresponse><choicegroup>
                  <choice correct="false">100 °C <choicehint>That scalds it.</choicehint></choice>
                  <choice correct="true">80 °C</choice></choicegroup></multiplechoiceresponse>
                  <solution><p>Explanation</p><p>Green leaves are <b>tender</b>.</p></solution>
                </problem>
              </vertical>
              <vertical display_name="Nothing here" url_name="nothing"/>
              <video url_name="alone" display_name="Pouring" youtube="1.00:dQw4w9WgXcQ"/>
            </sequential>
          </chapter>
          <wiki slug="tea"/>
        </course>""",
    "chapter/leaf.xml": '<chapter display_name="The leaf"><sequential url_name="kinds"/></chapter>',
    "sequential/kinds.xml": """
        <sequential display_name="Kinds">
          <vertical url_name="six"/><vertical url_name="games"/><vertical url_name="oddments"/>
        </sequential>""",
    "vertical/six.xml": """
        <vertical display_name="Six kinds">
          <html url_name="intro"/><html url_name="styles"/><html url_name="widget"/>
          <html url_name="lost"/><html url_name="pasted"/>
          <video url_name="harvest"/><video url_name="steam"/><video url_name="blank"/>
        </vertical>""",
    "vertical/games.xml": """
        <vertical display_name="Games">
          <problem url_name="kinds_check"/><problem url_name="kinds_many"/>
          <problem url_name="kinds_truth"/><problem url_name="kinds_table"/>
          <problem url_name="kinds_number"/><problem url_name="kinds_drawn"/>
          <problem url_name="kinds_random"/><problem url_name="kinds_broken"/>
          <library_content url_name="pool"/><conditional url_name="maybe"/>
          <split_test display_name="Two ways" url_name="ways">
            <vertical url_name="way_a" display_name="Way A">
              <html url_name="a"><p>Gong fu.</p></html></vertical>
            <vertical url_name="way_b" display_name="Way B">
              <html url_name="b"><p>Grandpa.</p></html></vertical>
          </split_test>
        </vertical>""",
    "vertical/oddments.xml": """
        <vertical display_name="Oddments">
          <poll url_name="p" question="Which first?"
                answers='[["M", {"label": "Milk"}], ["T", {"label": "Tea"}]]'/>
          <survey url_name="s" block_name="Habits" questions='[["a", {"label": "Daily?"}]]'
                answers='[["Y", "Yes"], ["N", "No"]]'/>
          <openassessment url_name="essay" prompts_type="html"><prompts><prompt>
            <description>&lt;p&gt;Describe a &lt;b&gt;cup&lt;/b&gt;.&lt;/p&gt;</description>
            </prompt></prompts><rubric><criterion><prompt>Is it vivid?</prompt></criterion></rubric>
          </openassessment>
          <annotatable url_name="poem"><p>Seven <annotation title="Bowls" body="Lu Tong, 9th c.">
            bowls</annotation> of tea.</p></annotatable>
          <discussion url_name="d" display_name="Talk"/><done url_name="ok"/>
          <lti url_name="tool" lti_id="taster" launch_url="https://taster.example/lti"/>
          <edx_sga url_name="upload"/><teaspoon url_name="odd"/>
        </vertical>""",
}

CONTENT = {
    "html/intro.xml": '<html filename="intro" display_name="Six kinds of tea"/>',
    "html/intro.html": """
        <h2>Six kinds</h2>
        <p>All come from <b>one plant</b>; see <a href="/jump_to_id/water">water</a> and
          <a href="/jump_to_id/nowhere">elsewhere</a>, or <a href="https://example.org/tea">read
          on</a>. %%USER_ID%%</p>
        <ul><li>Green</li><li>Black<ol><li>Assam</li></ol></li></ul>
        <p><img src="/static/tea_leaf.png" alt="A leaf"/></p>
        <pre class="language-python">steep(minutes=3)</pre>
        <blockquote>The first cup moistens my lips. <cite>Lu Tong</cite></blockquote>
        <table><tr><th>Kind</th><th>Minutes</th></tr><tr><td>Green</td><td>2</td></tr></table>
        <p><a href="/static/sheet.pdf">The brewing sheet</a></p>
        <p onclick="steal()">Water <a href="javascript:steal()">here</a>.</p>
        <script>steal()</script><iframe src="https://example.org/map" title="Map"></iframe>""",
    "html/styles.xml": '<html filename="styles" display_name="CSS"/>',
    "html/styles.html": '<style>p { color: green }</style><script src="/static/x.js"></script>',
    "html/widget.xml": '<html filename="widget" display_name="Feedback"/>',
    "html/widget.html": "<p>Useful?</p><button onclick=\"send('%%USER_ID%%')\">yes</button>",
    "html/lost.xml": '<html filename="gone" display_name="Lost"/>',
    "html/pasted.xml": '<html filename="pasted" display_name="Pasted"/>',
    "html/pasted.html": f"<p>Log in with {SECRET} and <code>{PASSWORD}</code>.</p>",
    "html/orphan.xml": '<html filename="intro" display_name="Orphan"/>',
    "html/pool_text.xml": '<html filename="pool_text" display_name="Hidden until right"/>',
    "html/pool_text.html": "<p>You were right.</p>",
    "video/harvest.xml": """<video display_name="Harvest" youtube_id_1_0="dQw4w9WgXcQ"
        start_time="00:00:05" transcripts='{"en": "harvest.srt", "tlh": "harvest.srt"}'/>""",
    "video/steam.xml": """<video display_name="Steam" youtube_id_1_0=""
        html5_sources='["https://cdn.example/videos/steam.mp4"]'
        handout="/static/tea_leaf.png"/>""",
    "video/blank.xml": '<video display_name="Blank"/>',
    "problem/kinds_check.xml": f"""
        <problem display_name="Which are teas?" api_key="{API_KEY}">
          <script type="loncapa/python">password = "{PASSWORD}"</script>
          <choiceresponse><label>Which of these are teas?</label><description>Choose two.
            </description><checkboxgroup>
            <choice correct="true">Green<choicehint selected="true">Yes.</choicehint>
              <choicehint selected="false">Green too.</choicehint></choice>
            <choice correct="true">Black</choice><choice correct="false">Rooibos</choice>
            <compoundhint value="A B">Both.</compoundhint></checkboxgroup></choiceresponse>
          <demandhint><hint>One is a shrub of its own.</hint></demandhint>
        </problem>""",
    "problem/kinds_many.xml": """
        <problem display_name="Two questions"><p>First things.</p>
          <multiplechoiceresponse><label>Where is Assam?</label><choicegroup>
            <choice correct="true">India</choice><choice correct="false">Japan</choice>
          </choicegroup></multiplechoiceresponse>
          <p>Where is Uji?</p><optionresponse>
            <optioninput options="('India','Japan')" correct="Japan"/></optionresponse>
          <stringresponse answer="Kenya"><label>And Kericho?</label><textline/></stringresponse>
        </problem>""",
    "problem/kinds_truth.xml": """
        <problem><multiplechoiceresponse><label>White tea is withered.</label><choicegroup>
          <choice correct="true">True<choicehint>For days.</choicehint></choice>
          <choice correct="false">False</choice></choicegroup></multiplechoiceresponse>
        </problem>""",
    "problem/kinds_table.xml": """
        <problem display_name="Origins"><p>Match them.</p><table>
          <tr><th>Tea</th><th>Country</th></tr>
          <tr><td>Sencha</td><td><optionresponse><optioninput options="('China','Japan')"
            correct="Japan"/></optionresponse></td></tr>
          <tr><td>Keemun</td><td><optionresponse><optioninput options="('China','Japan')"
            correct="China"/></optionresponse></td></tr></table></problem>""",
    "problem/kinds_number.xml": """
        <problem display_name="Minutes"><numericalresponse answer="3"><label>How many minutes is
          \\(1+2\\)?</label><formulaequationinput/></numericalresponse></problem>""",
    "problem/kinds_drawn.xml": """
        <problem display_name="Draw it"><customresponse cfn="check"><p>Draw.</p></customresponse>
        </problem>""",
    "problem/kinds_random.xml": """
        <problem display_name="Random"><script>x = random.randint(1, 9)</script>
          <multiplechoiceresponse><label>What is $x + 1?</label><choicegroup>
          <choice correct="true">$y</choice><choice correct="false">$z</choice>
          </choicegroup></multiplechoiceresponse></problem>""",
    "problem/kinds_broken.xml": "<problem><p>never closed</problem>",
    "problem/pooled.xml": """
        <problem display_name="Pooled"><multiplechoiceresponse><label>Oolong is</label><choicegroup>
          <choice correct="true">half oxidised</choice><choice correct="false">smoked</choice>
          </choicegroup></multiplechoiceresponse></problem>""",
    "library_content/pool.xml": """
        <library_content max_count="1"><problem url_name="pooled"/></library_content>""",
    "conditional/maybe.xml": """
        <conditional display_name="If right" correct="True"><html url_name="pool_text"/>
        </conditional>""",
    "about/overview.html": "<section><h2>About</h2><p>A <b>calm</b> course.</p></section>",
    "about/short_description.html": "Brew tea you want a second cup of.",
    "about/chapter/leaf.xml": '<chapter display_name="A stray copy"/>',
    "about/vertical/stray.xml": '<vertical><html url_name="intro"/></vertical>',
    "info/updates.html": "<ol><li>Welcome</li></ol>",
    "policies/run1/policy.json": json.dumps(
        {
            "course/run1": {
                "display_name": "Tea, from leaf to cup",
                "lti_passports": [f"taster:{CONSUMER_KEY}:{SECRET}"],
            },
            "sequential/kinds": {"display_name": "Six kinds of tea"},
        }
    ),
}

SRT = """1
00:00:01,000 --> 00:00:03,500
Hello & <i>welcome</i>

2
00:00:04,000 --> 00:01:05,000
Bye
"""

CHAPTERS, SEQUENTIALS, LESSONS, COMPONENTS = 2, 2, 8, 35


def a_picture(kind="PNG", size=(8, 6)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, "green").save(file, kind)
    return file.getvalue()


def the_tea_course(**changed) -> dict[str, bytes]:
    """Every entry of the export, below `course/`; `changed` gives or (None) takes entries."""
    files = {**STRUCTURE, **CONTENT}
    files |= {
        "static/tea leaf.png": a_picture(),
        "static/cover.png": a_picture(size=(16, 9)),
        "static/sheet.pdf": b"%PDF-1.4 a brewing sheet",
        "static/steam.mp4": b"\x00\x00\x00\x18ftypmp42 not much of a film",
        "static/harvest.srt": SRT,
        "static/x.js": "steal()",
    }
    files |= changed
    return {
        f"course/{name}": text.encode() if isinstance(text, str) else text
        for name, text in files.items()
        if text is not None
    }


def a_leaflet(*, html: str = "<p>Steep.</p>", problem: str = "", **changed) -> dict[str, bytes]:
    """The smallest export: one lesson called “One page”, with `html` and `problem` in it."""
    course = f"""
        <course url_name="run1" display_name="A leaflet" org="Leaf" course="L">
          <chapter display_name="All of it"><sequential display_name="Here">
            <vertical display_name="One page"><html url_name="page" filename="page"/>
            {problem}</vertical></sequential></chapter></course>"""
    files = {
        "course.xml": course,
        "html/page.html": html,
        "static/tea leaf.png": a_picture(),
        "static/x.js": "steal()",
    }
    return {
        f"course/{name}": text.encode() if isinstance(text, str) else text
        for name, text in {**files, **changed}.items()
    }


def as_tar(files: dict[str, bytes], extra=()) -> bytes:
    """A .tar.gz of the files, then of the extra (TarInfo, bytes) entries."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
        for entry, data in extra:
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return packed.getvalue()


def as_zip(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


def special(name, kind, target="") -> tuple[tarfile.TarInfo, bytes]:
    """A tar entry that is no file: kind is one of tarfile's types."""
    entry = tarfile.TarInfo(name)
    entry.type = kind
    entry.linkname = target
    return entry, b""
