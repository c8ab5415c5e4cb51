"""What is done with one article, wherever that is."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from traceback import extract_tb

import msgspec

from extract.batch.unit import Unit
from extract.output.made import Made, made
from extract.output.piece import Failure, Outcome, Result, piece
from extract.output.sink import DEFAULT
from extract.pipeline import Extractor
from extract.records import Extraction
from extract.text.read import Article


@dataclass(frozen=True)
class Task:
    """What is done with each article. ``published`` dates those that nothing else does; ``forms`` are those
    that the results are written in, documents among them in the folder ``stage``; ``settings`` stand for
    all that the results follow from besides the article."""

    extractor: Extractor
    published: date | None = None
    forms: tuple[str, ...] = DEFAULT
    stage: Path | None = None
    settings: bytes = b""

    def __call__(self, unit: Unit) -> Made:
        """What the folder of a run needs of an article."""
        try:
            digest, article = unit.read(self.settings)
        except Exception as error:
            return made(piece(Result(failure(unit.name, "read", error)), ()), b"", None)
        return made(piece(process(self.extractor, article, self.published), self.forms), digest, self.stage)


def process(extractor: Extractor, article: Article, published: date | None = None) -> Result:
    """One article; whatever goes wrong with it is a failure of this article alone."""
    outcome = extract(extractor, article, published)
    return Result(outcome, article.raw if article.kept and not isinstance(outcome, Failure) else None)


def extract(extractor: Extractor, article: Article, published: date | None = None) -> Outcome:
    """The records of an article; whatever goes wrong is a failure of this article alone."""
    try:
        found = extractor.extract(article.raw, **dated(article, published).known)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # a panic in an extension module is no Exception
        return failure(article.source or article.id, "extract", error)
    return noted(found, article)


def noted(extraction: Extraction, article: Article) -> Extraction:
    """The extraction, with what reading the article had to warn of."""
    if not article.warnings:
        return extraction
    warnings = (*article.warnings, *extraction.warnings)
    return msgspec.structs.replace(extraction, warnings=warnings).beside(**vars(extraction))


def dated(article: Article, published: date | None) -> Article:
    """The article with a publication date, over what its own page says, unless an index gives it one."""
    if published is None or article.published_from == "index":
        return article
    return msgspec.structs.replace(article, published=published, published_from="option")


def failure(name: str, stage: str, error: BaseException) -> Failure:
    """An error as one line of ``errors.jsonl``: without the machine's paths."""
    message = f"{name}: {error.strerror}" if isinstance(error, OSError) and error.strerror else str(error)
    if stage == "extract" and (frames := extract_tb(error.__traceback__)):
        message += f" ({Path(frames[-1].filename).name}, line {frames[-1].lineno})"
    return Failure(name, stage, type(error).__name__, message)
