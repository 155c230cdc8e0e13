package io.wxflux.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The newest records in memory and the bytes they are allowed. */
class JournalTailTests {
    private final MemoryBudget budget = new MemoryBudget(134);
    private final JournalTail tail = new JournalTail(50, budget);

    private List<Slot> slots(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(offset -> new Slot(offset, new byte[10], null, budget))
                .toList();
    }

    private static List<Long> offsets(@Nullable List<Slot> page) {
        return Objects.requireNonNull(page).stream().map(Slot::offset).toList();
    }

    @Test
    void theOldestGiveWayToTheNewest() {
        tail.append(slots(0, 3));
        tail.append(slots(3, 4));
        assertThat(tail.page(1, 10, 1_000)).isNull();
        assertThat(offsets(tail.page(2, 3, 1_000))).containsExactly(2L, 3L, 4L);
        assertThat(offsets(tail.page(7, 3, 1_000))).isEmpty();
        assertThat(budget.used()).isEqualTo(50);
    }

    @Test
    void aBatchThatDoesNotFitLeavesNoHoleBehind() {
        tail.append(slots(0, 3));
        tail.append(slots(3, 6));
        assertThat(tail.page(0, 10, 1_000)).isNull();
        assertThat(budget.used()).isZero();
        tail.append(slots(9, 2));
        assertThat(tail.page(8, 10, 1_000)).isNull();
        assertThat(offsets(tail.page(9, 10, 1_000))).containsExactly(9L, 10L);
    }

    @Test
    void whatEverySinkHasHadIsGivenBack() {
        tail.append(slots(0, 5));
        tail.trimTo(3);
        assertThat(budget.used()).isEqualTo(20);
        tail.trimTo(2);
        tail.trimTo(99);
        assertThat(budget.used()).isZero();
        assertThat(tail.page(5, 1, 1_000)).isNull();
    }

    @Test
    void allTailsTogetherKeepToTheBudget() {
        var others =
                IntStream.range(0, 5).mapToObj(i -> new JournalTail(50, budget)).toList();
        for (int round = 0; round < 20; round++) {
            int from = round * 2;
            others.forEach(other -> other.append(slots(from, 2)));
            assertThat(budget.used()).isBetween(0L, 101L);
        }
        others.forEach(other -> other.trimTo(1_000));
        assertThat(budget.used()).isZero();
    }
}
