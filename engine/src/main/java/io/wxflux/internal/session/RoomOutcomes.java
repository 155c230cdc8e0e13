package io.wxflux.internal.session;

import io.wxflux.error.OutcomeUnknownException;
import io.wxflux.internal.wire.RoomBody;
import io.wxflux.model.Contact;
import io.wxflux.model.MemberOutcome;
import io.wxflux.model.MemberOutcome.Result;
import io.wxflux.model.UserName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What became of people, from what an answer lists and what the room says afterwards. Ret 0 alone proves nothing. */
final class RoomOutcomes {
    private static final int DELETED_US = 4;
    private static final int BLOCKED_US = 3;

    private RoomOutcomes() {}

    /**
     * One request of a change that may take several.
     *
     * @param answer null if it failed
     * @param error null if it was answered
     */
    record Part(
            List<UserName> people,
            @Nullable RoomBody answer,
            @Nullable Throwable error) {
        static Part answered(List<UserName> people, RoomBody answer) {
            return new Part(people, answer, null);
        }

        static Part failed(List<UserName> people, @Nullable Throwable error) {
            return new Part(people, null, error);
        }
    }

    /** How an answered part is judged. */
    interface Judge {
        MemberOutcome outcome(UserName person, @Nullable Integer status);
    }

    static List<MemberOutcome> of(List<Part> parts, Judge judge) {
        List<MemberOutcome> outcomes = new ArrayList<>();
        for (Part part : parts) {
            RoomBody answer = part.answer();
            if (answer == null) {
                part.people().forEach(person -> outcomes.add(notAnswered(person, part.error())));
            } else {
                Map<UserName, Integer> statuses = statuses(answer);
                part.people().forEach(person -> outcomes.add(judge.outcome(person, statuses.get(person))));
            }
        }
        return outcomes;
    }

    private static MemberOutcome notAnswered(UserName person, @Nullable Throwable error) {
        if (error == null) {
            return new MemberOutcome(person, Result.NOT_ASKED, "a part of the request before this one failed");
        }
        Result result = error instanceof OutcomeUnknownException ? Result.UNKNOWN : Result.REFUSED;
        return new MemberOutcome(person, result, String.valueOf(error.getMessage()));
    }

    private static Map<UserName, Integer> statuses(RoomBody answer) {
        Map<UserName, Integer> statuses = new HashMap<>();
        answer.members().forEach(listed -> statuses.put(listed.member().userName(), listed.status()));
        answer.blackList().forEach(person -> statuses.put(person, BLOCKED_US));
        return statuses;
    }

    /** @param after the room as read afterwards; null when it could not be */
    static Judge added(@Nullable Contact after) {
        Set<UserName> there = members(after);
        return (person, status) -> {
            if (there.contains(person)) {
                return MemberOutcome.of(person, Result.ADDED);
            }
            if (status != null && status != 0) {
                return refused(person, status);
            }
            if (status != null) {
                return there.isEmpty()
                        ? MemberOutcome.of(person, Result.ADDED)
                        : new MemberOutcome(
                                person,
                                Result.UNKNOWN,
                                "the answer lists them, the room's members as read afterwards do not");
            }
            return there.isEmpty()
                    ? new MemberOutcome(
                            person, Result.UNKNOWN, "the answer does not list them, and the room could not be read")
                    : new MemberOutcome(person, Result.REFUSED, "the service said yes, but they are not in the room");
        };
    }

    /** That somebody opened the invitation shows later, if they do. */
    static Judge invited() {
        return (person, status) ->
                status == null || status == 0 ? MemberOutcome.of(person, Result.INVITED) : refused(person, status);
    }

    /** @param after the room as read afterwards; null when it could not be */
    static Judge removed(@Nullable Contact after) {
        Set<UserName> there = members(after);
        return (person, status) -> {
            if (there.isEmpty()) {
                return new MemberOutcome(
                        person, Result.UNKNOWN, "the service said yes, and the room could not be read afterwards");
            }
            return there.contains(person)
                    ? new MemberOutcome(person, Result.REFUSED, "the service said yes, but they are still in the room")
                    : MemberOutcome.of(person, Result.REMOVED);
        };
    }

    private static MemberOutcome refused(UserName person, int status) {
        return switch (status) {
            case DELETED_US -> MemberOutcome.of(person, Result.DELETED_US);
            case BLOCKED_US -> MemberOutcome.of(person, Result.BLOCKED_US);
            default -> new MemberOutcome(person, Result.REFUSED, "the service gives the MemberStatus " + status);
        };
    }

    /** Nobody when it is not known: a room that was read has at least one member. */
    private static Set<UserName> members(@Nullable Contact room) {
        Set<UserName> names = new HashSet<>();
        if (room != null) {
            room.members().forEach(member -> names.add(member.userName()));
        }
        return names;
    }
}
