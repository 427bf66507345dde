"""How large a site is filled."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    name: str
    courses: int
    learners: int
    enrollments: int  # and about ten times as many rows of progress
    producers: int
    waiting: int  # submissions that moderators have not decided on
    of_one_producer: int  # courses of the producer who has most
    followers: int  # learners of the producer who has four courses
    of_one_learner: int  # courses of the learner who has most
    lessons_of_long: int = 300
    # Worth taking indexes away while rows come in.
    in_bulk: bool = False

    @property
    def popular(self) -> int:
        """Courses that are long enough to be studied for weeks; two in three learners are there."""
        return max(6, round(self.courses**0.66))


SIZES = {
    size.name: size
    for size in (
        Size(
            "S",
            courses=1_000,
            learners=4_000,
            enrollments=20_000,
            producers=100,
            waiting=100,
            of_one_producer=50,
            followers=508,
            of_one_learner=300,
        ),
        Size(
            "M",
            courses=10_000,
            learners=40_000,
            enrollments=200_000,
            producers=1_000,
            waiting=1_000,
            of_one_producer=200,
            followers=5_008,
            of_one_learner=300,
            in_bulk=True,
        ),
        Size(
            "L",
            courses=100_000,
            learners=200_000,
            enrollments=1_000_000,
            producers=10_000,
            waiting=10_000,
            of_one_producer=500,
            followers=5_008,
            of_one_learner=300,
            in_bulk=True,
        ),
    )
}
