from blogreview.domain.alphabet import alphabetical


def test_names_stand_as_people_expect_them():
    names = [
        "Zulu", "Ål", "Team 10", "Ørn", "team 2", "Ærfugl", "Team", "7 fjell", "Team 2b", "Sju fjell", "Østbø", "Älg",
    ]

    assert sorted(names, key=alphabetical) == [
        "7 fjell", "Sju fjell", "Team", "team 2", "Team 2b", "Team 10", "Zulu", "Älg", "Ærfugl", "Ørn", "Østbø", "Ål",
    ]
