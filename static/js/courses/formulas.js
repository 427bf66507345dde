/* Formulas in the editor: a field of TeX that shows what it looks like, and formulas in the text
   editor. What is shown comes from the server, which sets them in the same way when a page is saved. */

(() => {
  const WAIT = 300; // ms after the last key
  const MOST_AT_ONCE = 50;
  const LONGEST_AT_ONCE = 9_000; // characters of TeX
  // The address to ask and the words to say (courses/formulas/hooks.py).
  const told = () => JSON.parse(document.getElementById("formulas-told").textContent);

  // ---- Asking: what is wanted in one moment is asked for in one request ----

  const known = new Map();
  let waiting = [];

  function look(tex, display) {
    const key = `${display} ${tex}`;
    if (!known.has(key)) {
      const answer = new Promise((resolve, reject) => {
        if (!waiting.length) setTimeout(ask);
        waiting.push({ tex, display, resolve, reject });
      });
      known.set(key, answer);
      answer.catch(() => known.delete(key));
    }
    return known.get(key);
  }

  async function ask() {
    const all = waiting;
    waiting = [];
    while (all.length) {
      const asked = [all.shift()];
      let length = asked[0].tex.length;
      while (all.length && asked.length < MOST_AT_ONCE) {
        length += all[0].tex.length;
        if (length > LONGEST_AT_ONCE) break;
        asked.push(all.shift());
      }
      try {
        const response = await fetch(told().address, {
          method: "POST",
          headers: {
            Accept: "application/json",
            [window.wagtailConfig.CSRF_HEADER_NAME]: window.wagtailConfig.CSRF_TOKEN,
          },
          body: new URLSearchParams({
            formulas: JSON.stringify(asked.map(({ tex, display }) => ({ tex, display }))),
          }),
        });
        if (!response.ok) throw new Error(response.statusText);
        const { formulas } = await response.json();
        asked.forEach(({ resolve }, place) => resolve(formulas[place]));
      } catch (error) {
        asked.forEach(({ reject }) => reject(error));
      }
    }
  }

  // ---- A field of TeX and the box below it ----

  function showBelow(field, display) {
    const box = document.createElement("div");
    box.className = "formula-preview";
    box.setAttribute("role", "status");
    field.after(box);
    let timer = 0;

    function say(complaint) {
      const line = document.createElement("p");
      line.className = "complaint";
      line.textContent = complaint;
      box.replaceChildren(line);
    }

    async function show() {
      const tex = field.value.trim();
      if (!tex) return box.replaceChildren();
      try {
        const { mathml, complaint } = await look(tex, display);
        if (field.value.trim() !== tex) return; // somebody typed on
        field.setAttribute("aria-invalid", String(Boolean(complaint)));
        if (complaint) say(complaint);
        else box.innerHTML = mathml; // the server's own MathML
      } catch {
        say(told().words.unasked);
      }
    }

    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(show, WAIT);
    });
    show();
  }

  window.wagtail.app.register(
    "formula",
    class extends window.StimulusModule.Controller {
      connect() {
        if (!this.element.nextElementSibling?.matches(".formula-preview")) {
          showBelow(this.element, true);
        }
      }
    },
  );

  // ---- In the text editor ----

  if (!window.draftail) return;
  const { createElement: h, Component } = window.React;
  const { EditorState, Modifier } = window.DraftJS;
  const TYPE = "FORMULA";

  /* Asks for TeX in a dialog; tells "done" what was written, or nothing. */
  function writeFormula(tex, done) {
    const { words } = told();
    const dialog = document.createElement("dialog");
    const label = document.createElement("label");
    const field = document.createElement("textarea");
    const end = document.createElement("div");
    const buttons = [words.insert, words.cancel].map((text, place) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = place ? "button button-secondary" : "button";
      button.textContent = text;
      return button;
    });
    let written = "";
    dialog.className = "formula-dialog";
    dialog.setAttribute("aria-label", words.formula);
    label.textContent = words.tex;
    label.htmlFor = field.id = "formula-in-text-tex";
    Object.assign(field, { className: "tex", rows: 3, spellcheck: false, value: tex, dir: "ltr" });
    end.className = "formula-dialog__end";
    end.append(...buttons);
    dialog.append(label, field, end);
    document.body.append(dialog);

    const finish = () => {
      written = field.value.trim().split(/\s+/).join(" ");
      dialog.close();
    };
    buttons[0].addEventListener("click", finish);
    buttons[1].addEventListener("click", () => dialog.close());
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      finish();
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      done(written);
    });
    dialog.showModal();
    showBelow(field, false);
    field.select();
  }

  /* The selection of the whole formula that has this key, around where the selection begins. */
  function selectionOf(editorState, entityKey) {
    const selection = editorState.getSelection();
    const content = editorState.getCurrentContent();
    for (const block of [content.getBlockForKey(selection.getStartKey()), ...content.getBlocksAsArray()]) {
      let found = null;
      block.findEntityRanges(
        (character) => character.getEntity() === entityKey,
        (start, stop) => {
          found = selection.merge({
            anchorKey: block.getKey(),
            focusKey: block.getKey(),
            anchorOffset: start,
            focusOffset: stop,
            isBackward: false,
          });
        },
      );
      if (found) return found;
    }
    return selection;
  }

  function selectedText(editorState) {
    const selection = editorState.getSelection();
    if (selection.getStartKey() !== selection.getEndKey()) return "";
    const block = editorState.getCurrentContent().getBlockForKey(selection.getStartKey());
    return block.getText().slice(selection.getStartOffset(), selection.getEndOffset());
  }

  class FormulaSource extends Component {
    componentDidMount() {
      const { editorState, entity, entityKey, entityType, onComplete, onClose } = this.props;
      const edits = entity && entity.getType() === TYPE;
      const where = edits ? selectionOf(editorState, entityKey) : editorState.getSelection();
      const begun = edits ? entity.getData().tex : selectedText(editorState);
      writeFormula(begun, (tex) => {
        if (!tex) return onClose();
        const content = editorState
          .getCurrentContent()
          .createEntity(entityType.type, "IMMUTABLE", { tex });
        const key = content.getLastCreatedEntityKey();
        const changed = Modifier.replaceText(content, where, tex, null, key);
        return onComplete(EditorState.push(editorState, changed, "insert-characters"));
      });
    }

    render() {
      return null;
    }
  }

  class FormulaInText extends Component {
    constructor(props) {
      super(props);
      this.state = { mathml: "", complaint: "" };
    }

    componentDidMount() {
      this.look();
    }

    componentDidUpdate(before) {
      if (before.entityKey !== this.props.entityKey) this.look();
    }

    tex() {
      return this.props.contentState.getEntity(this.props.entityKey).getData().tex;
    }

    look() {
      const tex = this.tex();
      look(tex, false).then(
        (shown) => tex === this.tex() && this.setState(shown),
        () => {}, // the TeX itself is there to be read
      );
    }

    render() {
      const { mathml, complaint } = this.state;
      const { children, entityKey, onEdit } = this.props;
      const state = mathml ? "is-shown" : complaint ? "is-wrong" : "";
      return h(
        "span",
        {
          className: `formula-in-text ${state}`,
          title: complaint || this.tex(),
          onMouseDown: (event) => {
            event.preventDefault();
            onEdit(entityKey);
          },
        },
        mathml &&
          h("span", { contentEditable: false, dangerouslySetInnerHTML: { __html: mathml } }),
        h("span", { className: "formula-in-text__tex" }, children),
      );
    }
  }

  window.draftail.registerPlugin(
    { type: TYPE, source: FormulaSource, decorator: FormulaInText },
    "entityTypes",
  );
})();
