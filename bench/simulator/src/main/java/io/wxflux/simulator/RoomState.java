package io.wxflux.simulator;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A room that a scenario made or changed. Members keep their numbers when others leave. Guarded by the account's lock. */
final class RoomState {

    private final List<SimPeer> everybody;
    private final Set<Integer> gone = new HashSet<>();
    private int owner;

    /** The members by number from 1: oneself, friends, strangers, or members known from a room alone. */
    RoomState(List<SimPeer> members, int owner) {
        everybody = new ArrayList<>(members);
        this.owner = owner;
    }

    boolean everHad(int number) {
        return number >= 1 && number <= everybody.size();
    }

    SimPeer who(int number) {
        return everybody.get(number - 1);
    }

    boolean has(int number) {
        return everHad(number) && !gone.contains(number);
    }

    /** The number of somebody who is in the room, or 0. */
    int numberOf(SimPeer who) {
        for (int number = 1; number <= everybody.size(); number++) {
            if (has(number) && who(number).equals(who)) {
                return number;
            }
        }
        return 0;
    }

    /** Lets somebody in, under the old number after a return. */
    int add(SimPeer who) {
        int known = everybody.indexOf(who) + 1;
        if (known > 0) {
            gone.remove(known);
            return known;
        }
        everybody.add(who);
        return everybody.size();
    }

    void remove(int number) {
        gone.add(number);
    }

    List<Integer> numbers() {
        List<Integer> numbers = new ArrayList<>();
        for (int number = 1; number <= everybody.size(); number++) {
            if (has(number)) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    int owner() {
        return owner;
    }

    void owner(int number) {
        owner = number;
    }
}
