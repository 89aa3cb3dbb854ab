"""The package for PrairieLearn: a question of a course, and the image in which it is graded."""

from __future__ import annotations

import html
import json
import uuid
from collections.abc import Iterator

from autograder.course.folder import Course
from autograder.course.settings import load_settings
from autograder.platforms.advice import automatic_points, longest_seconds
from autograder.platforms.bundle import Member, installation, judging, script

IMAGE = "your-account/autograder-libraries"
MOST_SECONDS = 600  # the longest that PrairieLearn takes


def members(course: Course) -> Iterator[Member]:
    """Yield the files of the package."""
    question = f"questions/{course.assignment}/"
    yield script("Dockerfile", "image/Dockerfile")
    yield from installation(course, "image/")
    yield Member(f"{question}info.json", _info(course).encode())
    yield Member(f"{question}question.html", _page(course).encode())
    yield script("run.sh", f"{question}tests/run.sh")
    yield script("close.sh", f"{question}tests/close.sh")
    yield from judging(course, f"{question}tests/")


def advice(course: Course) -> Iterator[str]:
    """Yield what to do with it, a sentence each."""
    yield (
        "Build the image from the folder image, push it under a name of yours, and put that in place of "
        f"{IMAGE} in info.json. No secret is in it."
    )
    question = f"questions/{course.assignment}"
    yield f"Put {question} among the questions of your course, whose repository is private."
    automatic, by_hand = automatic_points(course)
    if by_hand:
        yield (
            f"In the assessment, give it autoPoints {automatic:g} and manualPoints {by_hand:g}, which a "
            "person gives."
        )
    if longest_seconds(course) > MOST_SECONDS:
        yield (
            f"PrairieLearn waits {MOST_SECONDS} seconds at most. A submission that takes longer is a failed "
            "grading job there, without a score."
        )


def _info(course: Course) -> str:
    """Return the question's info.json."""
    info = {
        "uuid": str(uuid.uuid5(uuid.NAMESPACE_OID, f"autograder {course.assignment}")),
        "title": load_settings(course).title,
        "topic": "Notebooks",
        "type": "v3",
        "singleVariant": True,
        "gradingMethod": "External",
        "externalGradingOptions": {
            "enabled": True,
            "image": IMAGE,
            "entrypoint": "/grade/tests/run.sh",
            "timeout": round(min(longest_seconds(course), MOST_SECONDS)),
            "enableNetworking": False,
        },
    }
    return json.dumps(info, indent=4, ensure_ascii=False) + "\n"


def _page(course: Course) -> str:
    """Return the question's page, a template in which braces have a meaning."""
    title = html.escape(load_settings(course).title).replace("{", "&#123;").replace("}", "&#125;")
    return f"""\
<pl-question-panel>
  <p>{title}: upload your notebook.</p>
</pl-question-panel>
<pl-file-upload file-names="{course.assignment}.ipynb"></pl-file-upload>
<pl-submission-panel>
  <pl-external-grader-results></pl-external-grader-results>
  <pl-file-preview></pl-file-preview>
</pl-submission-panel>
"""
