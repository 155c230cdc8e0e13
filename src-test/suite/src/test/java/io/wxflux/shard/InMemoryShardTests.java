package io.wxflux.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wxflux.error.FencedException;
import io.wxflux.testkit.ShardContract;
import org.junit.jupiter.api.Test;

class InMemoryShardTests implements ShardContract {
    private InMemoryCoordinator storage = new InMemoryCoordinator();

    @Override
    public Coordinator open() {
        storage = storage.reopen();
        return storage;
    }

    @Override
    public boolean signalsOnItsOwnThread() {
        return false;
    }

    @Test
    void aNewGrantFencesTheOldOne() {
        var old = new Opened(open());
        old.commit(ShardContract.records(ANNA, 0, "a"));
        var now = new Opened(open());
        assertThatThrownBy(() -> old.commit(ShardContract.records(ANNA, 1, "b")))
                .isInstanceOf(FencedException.class);
        now.commit(ShardContract.records(ANNA, 1, "c"));
        assertThat(now.texts(ANNA, 0)).containsExactly("0:a", "1:c");
        assertThatThrownBy(old::restored).isInstanceOf(FencedException.class);
    }
}
