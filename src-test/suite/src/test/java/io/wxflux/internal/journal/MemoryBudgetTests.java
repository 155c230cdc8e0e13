package io.wxflux.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.event.AccountEvent;
import io.wxflux.event.EventHead;
import io.wxflux.event.Lifecycle;
import io.wxflux.internal.wire.JournalEntry;
import io.wxflux.model.AccountId;
import io.wxflux.model.RawMessage;
import io.wxflux.model.Uin;
import io.wxflux.model.UserName;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is paid for records and for the events that are made of them. */
class MemoryBudgetTests {
    private static final AccountEvent EVENT =
            new Lifecycle.Stopped(new EventHead(AccountId.of("alice"), "alice-1", Instant.EPOCH, OptionalLong.of(1)));

    private final MemoryBudget budget = new MemoryBudget(8_000);

    private Slot slot(long offset) {
        return new Slot(offset, new byte[100], null, budget);
    }

    @Test
    void anEventIsPaidForAsLongAsItsRecordIsInTheTail() {
        var tail = new JournalTail(1_000, budget);
        Slot slot = slot(0);
        tail.append(List.of(slot));
        assertThat(budget.used()).isEqualTo(100);
        slot.event(EVENT);
        assertThat(slot.event()).isSameAs(EVENT);
        assertThat(budget.used()).isEqualTo(slot.cost()).isGreaterThan(1_000);
        slot.event(EVENT);
        assertThat(budget.used()).as("paid once").isEqualTo(slot.cost());
        tail.trimTo(1);
        assertThat(budget.used()).isZero();
    }

    @Test
    void anEventForWhichThereIsNoMemoryIsNotKept() {
        var tail = new JournalTail(1_000, budget);
        List<Slot> slots = List.of(slot(0), slot(1), slot(2), slot(3), slot(4), slot(5));
        tail.append(slots);
        slots.forEach(slot -> slot.event(EVENT));
        assertThat(slots.stream().filter(slot -> slot.event() != null)).hasSizeBetween(1, 4);
        assertThat(budget.used()).isLessThanOrEqualTo(6_000);
        Slot last = slots.get(5);
        assertThat(last.event()).isNull();
        last.keep(EVENT);
        assertThat(last.event()).as("names that were asked for").isSameAs(EVENT);
        tail.trimTo(6);
        assertThat(budget.used()).isZero();
    }

    private Slot found(long offset) {
        byte[] record = JournalEntry.message(new Uin(1), UserName.of("@me"), RawMessage.wrap(new byte[77]));
        return new Slot(offset, record, JournalEntry.decode(record), budget);
    }

    /** It saves work only, and goes as soon as there is an event. */
    @Test
    void whatWasFoundIsPaidForAsAnEventIsAndGivesWayToIt() {
        var tail = new JournalTail(1_000, budget);
        Slot slot = found(0);
        JournalEntry entry = slot.entry();
        tail.append(List.of(slot));
        assertThat(slot.entry()).isSameAs(entry);
        assertThat(budget.used()).isEqualTo(slot.cost());
        slot.event(EVENT);
        assertThat(budget.used()).as("paid already").isEqualTo(slot.cost());
        assertThat(slot.entry()).as("read anew").isNotSameAs(entry).isEqualTo(entry);
        slot.keep(EVENT);
        assertThat(budget.used()).isEqualTo(slot.cost());
        tail.trimTo(1);
        assertThat(budget.used()).isZero();
    }

    /** Records come first: what is found in them takes no more than half of all. */
    @Test
    void whatWasFoundIsLetGoWhereMemoryIsScarce() {
        var tail = new JournalTail(100_000, budget);
        List<Slot> slots = IntStream.range(0, 20).mapToObj(this::found).toList();
        List<JournalEntry> entries = slots.stream().map(Slot::entry).toList();
        tail.append(slots);
        long kept = IntStream.range(0, 20)
                .filter(i -> slots.get(i).entry() == entries.get(i))
                .count();
        assertThat(kept).isBetween(1L, 2L);
        assertThat(budget.used()).isLessThanOrEqualTo(4_000);
        assertThat(slots).extracting(Slot::entry).isEqualTo(entries);
        tail.trimTo(20);
        assertThat(budget.used()).isZero();
    }

    @Test
    void anEventOfAPageIsPaidForByThePage() {
        Slot slot = slot(0);
        slot.event(EVENT);
        assertThat(slot.event()).isSameAs(EVENT);
        assertThat(budget.used()).isZero();
        slot(1).keep(EVENT);
        assertThat(budget.used()).isZero();
    }

    @Test
    void aQuarterIsLeftToPagesAndEachGetsAShare() {
        var tail = new JournalTail(100_000, budget);
        for (int i = 0; i < 100; i++) {
            tail.append(List.of(slot(i)));
        }
        assertThat(budget.used()).isLessThanOrEqualTo(6_000);
        long before = budget.used();
        long first = budget.lend(100_000);
        long second = budget.lend(100_000);
        assertThat(first).isEqualTo((8_000 - before) / 4);
        assertThat(second).isPositive().isLessThan(first);
        budget.give(first + second);
        assertThat(budget.lend(10)).as("no more than is wanted").isEqualTo(10);
    }
}
