package io.wxflux.internal.session;

import io.wxflux.model.UserName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Checks names that an application gives, before anything is asked of the service with them. */
final class GivenNames {
    private GivenNames() {}

    static UserName room(UserName room) {
        if (!room.isRoom()) {
            throw new IllegalArgumentException("not the name of a room: " + shown(room));
        }
        return notAList(room);
    }

    static UserName person(UserName person) {
        if (person.isEmpty() || person.isRoom()) {
            throw new IllegalArgumentException("not the name of a person: " + shown(person));
        }
        return notAList(person);
    }

    /** Each once, in the order given; at least so many. */
    static List<UserName> people(List<UserName> people, int least) {
        Set<UserName> once = new LinkedHashSet<>();
        people.forEach(person -> once.add(person(person)));
        if (once.size() < least) {
            throw new IllegalArgumentException(
                    "this takes at least " + least + " different people, not " + once.size());
        }
        return List.copyOf(once);
    }

    /** Names go out joined by commas: one with a comma in it would be several. */
    private static UserName notAList(UserName name) {
        if (name.value().indexOf(',') >= 0) {
            throw new IllegalArgumentException("a name has no comma in it: " + shown(name));
        }
        return name;
    }

    private static String shown(UserName name) {
        return name.isEmpty() ? "an empty one" : name.value();
    }
}
