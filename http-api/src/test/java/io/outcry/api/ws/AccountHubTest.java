package io.outcry.api.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.outcry.api.engine.InstrumentTable;
import io.outcry.api.engine.Outcomes;
import io.outcry.api.engine.ReadAfterWrite;
import io.outcry.domain.account.AccountFanOut;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.engine.Engine;
import io.outcry.domain.store.AccountStateStore.AccountState;
import io.outcry.domain.store.Projection;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class AccountHubTest {
    private static final AccountId ACCOUNT = new AccountId(1);

    private final Engine engine = fake(Engine.class, Map.of());
    private final Outcomes outcomes =
            new Outcomes(Duration.ofSeconds(1), new SimpleMeterRegistry());
    private final AccountFanOut fanOut =
            fake(
                    AccountFanOut.class,
                    Map.of("wanted", Set.of(ACCOUNT), "want", 0, "since", Optional.of(List.of())));

    @AutoClose
    private final ReadAfterWrite reads =
            new ReadAfterWrite(
                    engine,
                    outcomes,
                    fake(Projection.class, Map.of("position", 5L)),
                    (sequence, timeout) -> true,
                    Duration.ofSeconds(1),
                    new SimpleMeterRegistry());

    private final Queue<Runnable> starts = new ArrayDeque<>();
    private final AccountHub hub =
            new AccountHub(
                    fanOut,
                    reads,
                    new AccountSnapshots(
                            (account, most) -> new AccountState(5, Optional.empty(), List.of()),
                            new InstrumentTable(engine, outcomes)),
                    starts::add);

    /** Answers by the method's name; what is not named fails. */
    private static <T> T fake(Class<T> type, Map<String, Object> answers) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (self, method, arguments) -> {
                            if (!answers.containsKey(method.getName())) {
                                throw new IllegalStateException(method + " is away");
                            }
                            return method.getReturnType() == void.class
                                    ? null
                                    : answers.get(method.getName());
                        }));
    }

    private Following follow() {
        Following following = hub.follow(ACCOUNT, Channel.OWN_ORDERS, new Deaf(), 5L);
        following.begin().run();
        return following;
    }

    private static final class Deaf implements Follower {
        @Override
        public void hearMore(byte[] message) {}

        @Override
        public void heardAll() {}
    }

    @Test
    void ofAFollowingThatCannotBeStartedOneTryWaitsAtMost() {
        follow();
        hub.onConnected();
        starts.remove().run();
        assertThat(starts).isEmpty();

        hub.renew();
        hub.renew();
        hub.renew();

        assertThat(starts).hasSize(1);
    }

    @Test
    void aStartThatIsWantedDuringAnotherFollowsIt() {
        follow();
        hub.onConnected();
        hub.onConnected();
        starts.remove().run();
        assertThat(starts).hasSize(1);
        starts.remove().run();
        assertThat(starts).isEmpty();
    }

    @Test
    void whatWasLeftIsNotTriedAgain() {
        Following following = follow();
        hub.onConnected();
        following.leave().run();
        starts.remove().run();
        hub.renew();
        assertThat(starts).isEmpty();
    }
}
