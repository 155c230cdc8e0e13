package io.wxflux.model;

import java.util.List;

/**
 * What became of a change to the people of a room. The service often takes such a request and does nothing, so look at
 * {@link #isComplete()} or at each outcome.
 *
 * @param room which
 * @param people one outcome for each person asked for, in that order, whoever was named twice once
 */
public record RoomChange(UserName room, List<MemberOutcome> people) {
    public RoomChange {
        people = List.copyOf(people);
    }

    /** Whether it was done for everybody. */
    public boolean isComplete() {
        return people.stream().allMatch(MemberOutcome::isDone);
    }

    /** Those for whom it was done. */
    public List<UserName> done() {
        return people.stream()
                .filter(MemberOutcome::isDone)
                .map(MemberOutcome::userName)
                .toList();
    }

    /** All others, with the reason as far as it is known. */
    public List<MemberOutcome> notDone() {
        return people.stream().filter(person -> !person.isDone()).toList();
    }
}
