package io.wxflux.model;

import java.util.List;

/**
 * A room that was made, with what became of each person asked in.
 *
 * @param room its name in this login
 * @param topic decoded; empty for a room without a name
 * @param people one outcome for each person asked for, in that order, whoever was named twice once
 */
public record CreatedRoom(UserName room, String topic, List<MemberOutcome> people) {
    public CreatedRoom {
        people = List.copyOf(people);
    }

    /** Whether everybody is in the room or was invited. */
    public boolean isComplete() {
        return people.stream().allMatch(MemberOutcome::isDone);
    }
}
