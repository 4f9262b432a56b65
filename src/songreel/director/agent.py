"""The director with a language model: it issues the same edits, and gives way to the rules whenever it fails.

::

    words + briefing → model → tool call → Edit → attempt ┬→ made
                         ↑                                └→ refused: back once, with the reason
                         └──────────────────────────────────┘

A tool is a verb of the `Edit` union, its parameters are the verb's own schema: a new verb is a new tool by itself.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, get_args

from pydantic import ValidationError

from songreel.base.errors import BadRequest, EditRefused, MissingPart
from songreel.director.briefing import instructions
from songreel.director.conversation import Attempt, Language, Situation, Understood
from songreel.director.understanding import understand
from songreel.model.document import Record
from songreel.model.edit import EDITS, Change, Edit, Step

if TYPE_CHECKING:
    from pydantic_ai import Tool
    from pydantic_ai.models import Model

VERBS: tuple[type[Record], ...] = (*get_args(Change), *get_args(Step))
_MOST_CALLS = 40
_FIELD = 2
"""Where in an error's place the field begins: behind the number in the list, and the verb."""
_GAVE_WAY: dict[Language, str] = {
    "en": "The language model could not be used ({why}), so the built-in rules did this.",
    "zh": "语言模型没能用上（{why}），这次由内置规则处理。",
}
_WHY: dict[str, dict[Language, str]] = {
    "late": {"en": "it took too long", "zh": "超时"},
    "unreachable": {"en": "it cannot be reached", "zh": "无法连接"},
    "declined": {"en": "it declined", "zh": "模型拒绝了"},
    "nonsense": {"en": "it answered nonsense", "zh": "回答无法理解"},
    "idle": {"en": "it changed nothing", "zh": "模型没有做任何修改"},
}


@dataclass(frozen=True, slots=True)
class ModelDirector:
    """Understands messages with a language model, at most ``timeout_s`` long, and with the rules when that fails."""

    model: Model
    timeout_s: float

    def understand(self, words: str, situation: Situation) -> Understood:
        """Return the edits that a model made of a message; says so where the rules had to do it."""
        from pydantic_ai.exceptions import AgentRunError, ContentFilterError, ModelAPIError, RunTimedOut, UserError

        by_rules = understand(words, situation)
        desk = _Desk(situation.attempt)
        try:
            said = asyncio.run(asyncio.wait_for(self._run(words, situation, desk), self.timeout_s))
        except (TimeoutError, RunTimedOut):
            return _given_way(by_rules, "late")
        except ContentFilterError:
            return _given_way(by_rules, "declined")
        except ModelAPIError:
            return _given_way(by_rules, "unreachable")
        except (AgentRunError, UserError):
            return _given_way(by_rules, "nonsense")
        if not desk.made and by_rules.edits:
            return _given_way(by_rules, "idle")
        if not desk.made and not said.strip():
            return _given_way(by_rules, "nonsense")
        return Understood(
            edits=tuple(desk.made),
            answer=None if desk.made else said.strip(),
            problems=tuple(desk.refused),
            language=by_rules.language,
        )

    async def _run(self, words: str, situation: Situation, desk: _Desk) -> str:
        from pydantic_ai import Agent
        from pydantic_ai.usage import UsageLimits

        agent: Agent[object, str] = Agent(
            self.model, instructions=instructions(situation), tools=[desk.tool(verb) for verb in VERBS], retries=1
        )
        result = await agent.run(words, usage_limits=UsageLimits(request_limit=_MOST_CALLS))
        return result.output


@dataclass(slots=True)
class _Desk:
    """Where a model's calls come in: those that can be made are kept, in order."""

    attempt: Attempt
    made: list[Edit] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    _sent_back: set[str] = field(default_factory=set)

    def tool(self, verb: type[Record]) -> Tool[object]:
        """Return a verb as a tool; its description is the verb's own."""
        from pydantic_ai import Tool

        name = str(verb.model_fields["verb"].default)
        schema = verb.model_json_schema()
        schema["properties"] = {key: value for key, value in schema["properties"].items() if key != "verb"}

        def call(**fields: Any) -> str:
            return self._take(name, fields)

        return Tool.from_schema(call, name=name, description=verb.__doc__, json_schema=schema, sequential=True)

    def _take(self, name: str, fields: dict[str, Any]) -> str:
        """Make an edit; refused, it goes back to the model once with the reason, and then to the person."""
        from pydantic_ai import ModelRetry

        try:
            (edit,) = EDITS.validate_python([fields | {"verb": name}])
            self.attempt((*self.made, edit))
        except (EditRefused, BadRequest, ValidationError) as error:
            reason = _reason(error)
            if name not in self._sent_back:
                self._sent_back.add(name)
                raise ModelRetry(reason) from error
            self.refused.append(reason)
            return f"refused again: {reason}"
        self.made.append(edit)
        return "done"


def model_of(name: str, *, url: str | None = None, key: str | None = None) -> Model:
    """Return a model by ``provider:name``, such as ``anthropic:…`` or ``ollama:…``.

    With ``url`` it is any server that speaks OpenAI's chat protocol. Raises MissingPart without the extra
    ``songreel[llm]``, BadRequest for a name that nobody knows or a key that is not set.
    """
    try:
        from pydantic_ai.exceptions import UserError
        from pydantic_ai.models import infer_model
    except ImportError as error:
        raise MissingPart(
            "a language model is set, and what talks to it is not installed", advice="pip install 'songreel[llm]'"
        ) from error
    try:
        return _compatible(name, url, key) if url else infer_model(name)
    except (UserError, ValueError) as error:
        raise BadRequest(
            f"the language model {name!r} cannot be used: {error}", advice="Check SONGREEL_MODEL and its key."
        ) from error


def _compatible(name: str, url: str, key: str | None) -> Model:
    from pydantic_ai.models.openai import OpenAIChatModel
    from pydantic_ai.providers.openai import OpenAIProvider

    plain = name.removeprefix("openai:")
    return OpenAIChatModel(plain, provider=OpenAIProvider(base_url=url, api_key=key or "none"))


def _given_way(by_rules: Understood, why: str) -> Understood:
    language = by_rules.language
    said = _GAVE_WAY[language].format(why=_WHY[why][language])
    return replace(by_rules, problems=(*by_rules.problems, said))


def _reason(error: EditRefused | BadRequest | ValidationError) -> str:
    if isinstance(error, ValidationError):
        return "; ".join(f"{'.'.join(map(str, each['loc'][_FIELD:]))}: {each['msg']}" for each in error.errors()[:3])
    return str(error)
