"""What roles allow."""

import pytest

from lti_tool.lti import roles
from lti_tool.lti.roles import Kind, Role

CONTEXT = "http://purl.imsglobal.org/vocab/lis/v2/membership"
INSTITUTION = "http://purl.imsglobal.org/vocab/lis/v2/institution/person"
SYSTEM = "http://purl.imsglobal.org/vocab/lis/v2/system/person"

TRAINER = {"is_trainer", "may_look"}
LOOKER = {"may_look"}
LEARNER = {"is_learner"}
ADMINISTRATOR = {"is_administrator"}
NOTHING: set[str] = set()


def allowed(*texts: str) -> set[str]:
    parsed = tuple(map(roles.parse, texts))
    asked = (
        roles.is_trainer,
        roles.may_look,
        roles.is_learner,
        roles.is_administrator,
        roles.is_test_person,
    )
    return {question.__name__ for question in asked if question(parsed)}


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param([f"{CONTEXT}#Instructor"], TRAINER, id="an instructor teaches"),
        pytest.param(["Instructor"], TRAINER, id="a short name is a role in the course"),
        pytest.param(["urn:lti:role:ims/lis/Instructor"], TRAINER, id="so is an LTI 1.1 name"),
        pytest.param([f"{CONTEXT}/Instructor#PrimaryInstructor"], TRAINER, id="a kind of instructor teaches"),
        pytest.param(
            [f"{CONTEXT}#Instructor", f"{CONTEXT}/Instructor#TeachingAssistant"],
            LOOKER,
            id="an assistant who is called an instructor too may only look",
        ),
        pytest.param(
            [f"{CONTEXT}/instructor#TeachingAssistant"], LOOKER, id="Canvas writes it in lower case"
        ),
        pytest.param([f"{CONTEXT}/Instructor#Grader"], LOOKER, id="a grader may only look"),
        pytest.param([f"{CONTEXT}/Instructor#Astronaut"], LOOKER, id="an unknown instructor may only look"),
        pytest.param(
            ["urn:lti:role:ims/lis/Instructor/TeachingAssistant"], LOOKER, id="an assistant of LTI 1.1"
        ),
        pytest.param([f"{CONTEXT}#Learner"], LEARNER, id="a learner learns"),
        pytest.param([f"{CONTEXT}/Learner#NonCreditLearner"], LEARNER, id="a kind of learner learns"),
        pytest.param([f"{CONTEXT}/Learner#Instructor"], LEARNER, id="a sub-role of learners is no trainer"),
        pytest.param([f"{CONTEXT}#Mentor"], NOTHING, id="a mentor does not learn"),
        pytest.param([f"{CONTEXT}#ContentDeveloper"], NOTHING, id="who makes the course sees no answers"),
        pytest.param([f"{CONTEXT}#Administrator"], NOTHING, id="who runs the course sees no answers"),
        pytest.param([f"{INSTITUTION}#Instructor"], NOTHING, id="teaching elsewhere is no teaching here"),
        pytest.param(
            [f"{INSTITUTION}#Student", f"{INSTITUTION}#Learner"], NOTHING, id="nor is learning elsewhere"
        ),
        pytest.param(
            [f"{INSTITUTION}#Faculty", f"{CONTEXT}#Learner"], LEARNER, id="a teacher may learn here"
        ),
        pytest.param([f"{INSTITUTION}#Administrator"], ADMINISTRATOR, id="an institution has administrators"),
        pytest.param([f"{SYSTEM}#SysAdmin"], ADMINISTRATOR, id="so has a system"),
        pytest.param(
            ["http://purl.imsglobal.org/vocab/lis/v2/person#Administrator"],
            ADMINISTRATOR,
            id="Moodle's own spelling of an administrator teaches nothing",
        ),
        pytest.param([f"{INSTITUTION}#None", f"{SYSTEM}#None"], NOTHING, id="Open edX says none"),
        pytest.param([f"{CONTEXT}#Astronaut", "https://example.org/role"], NOTHING, id="unknown roles"),
        pytest.param([], NOTHING, id="no role"),
    ],
)
def test_roles_allow_what_they_say_and_no_more(texts: list[str], expected: set[str]) -> None:
    assert allowed(*texts) == expected


@pytest.mark.parametrize("vocabulary", ["lti", "lis/v2"])
def test_a_test_person_is_recognised_beside_being_a_learner(vocabulary: str) -> None:
    pretended = f"http://purl.imsglobal.org/vocab/{vocabulary}/system/person#TestUser"

    assert allowed(pretended, f"{CONTEXT}#Learner") == {"is_learner", "is_test_person"}


@pytest.mark.parametrize(
    "text", ["", "#", "Instructor#", f"{CONTEXT}#", f"{CONTEXT}/#Instructor", "\ud800", "x" * 9999]
)
def test_nonsense_is_an_unknown_role(text: str) -> None:
    assert roles.parse(text) == Role(Kind.UNKNOWN)
