package io.outcry.api;

import io.outcry.domain.access.RateLimiter;
import io.outcry.domain.store.ApiKeyStore;
import io.outcry.domain.store.AuditLog;
import io.outcry.domain.store.Page;
import io.outcry.domain.store.SecondFactorStore;
import io.outcry.domain.store.SessionStore;
import io.outcry.domain.store.SessionStore.Renewal.Result;
import io.outcry.domain.store.UserStore.PasswordChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Sessions, API keys, audit log and limits in memory; several venues may share it, as replicas
 * share their servers. Safe for many threads.
 */
final class FakeAccess
        implements SessionStore, SecondFactorStore, ApiKeyStore, AuditLog, RateLimiter {
    /** One session as it stands. */
    private static final class Session {
        final NewSession begun;
        String hash;
        Instant idleUntil;
        Instant endedAt;

        Session(NewSession begun) {
            this.begun = begun;
            hash = begun.secretHash();
            idleUntil = begun.idleUntil();
        }

        boolean lives(Instant now) {
            return endedAt == null && idleUntil.isAfter(now) && begun.until().isAfter(now);
        }
    }

    /** Failures of one subject. */
    private static final class Failures {
        int count;
        Instant blockedUntil = Instant.EPOCH;
    }

    private final Map<UUID, Session> sessions = new HashMap<>();
    private final Set<String> replacedHashes = new HashSet<>();
    private final Map<String, Failures> failures = new HashMap<>();
    private final Map<UUID, ApiKey> keys = new LinkedHashMap<>();
    private final Map<UUID, Instant> deletedKeys = new HashMap<>();
    private final List<Numbered> log = new ArrayList<>();
    private final Map<String, Long> fullAtNanos = new HashMap<>();

    /** What happens just before a session begins. */
    volatile Runnable beforeSession = () -> {};

    @Override
    public synchronized boolean begin(NewSession session, String passwordHash) {
        beforeSession.run();
        if (replacedHashes.contains(passwordHash)) {
            return false;
        }
        sessions.put(session.id(), new Session(session));
        return true;
    }

    /** Ends the user's other sessions, unless the old password was replaced before. */
    synchronized Optional<Set<UUID>> replacePassword(PasswordChange change) {
        if (!replacedHashes.add(change.oldHash())) {
            return Optional.empty();
        }
        Set<UUID> others = new HashSet<>();
        sessions.forEach(
                (id, session) -> {
                    if (session.begun.userId().equals(change.userId())
                            && !id.equals(change.keptSession())
                            && session.endedAt == null) {
                        session.endedAt = change.time();
                        others.add(id);
                    }
                });
        return Optional.of(others);
    }

    @Override
    public synchronized Renewal renew(
            UUID id, String oldHash, String newHash, Instant now, Instant idleUntil) {
        Session session = sessions.get(id);
        if (session == null || !session.lives(now)) {
            return new Renewal(Result.UNKNOWN, null);
        }
        if (!session.hash.equals(oldHash)) {
            session.endedAt = now;
            return new Renewal(Result.REUSED, null);
        }
        session.hash = newHash;
        session.idleUntil = idleUntil;
        return new Renewal(Result.RENEWED, session.begun.userId());
    }

    @Override
    public synchronized boolean end(UUID id, Instant now) {
        Session session = sessions.get(id);
        boolean lives = session != null && session.lives(now);
        if (lives) {
            session.endedAt = now;
        }
        return lives;
    }

    @Override
    public synchronized void endAll(UUID userId, Instant now) {
        sessions.values().stream()
                .filter(each -> each.begun.userId().equals(userId) && each.endedAt == null)
                .forEach(each -> each.endedAt = now);
    }

    @Override
    public synchronized Set<UUID> endedSince(Instant time) {
        return sessions.entrySet().stream()
                .filter(each -> each.getValue().endedAt != null)
                .filter(each -> !each.getValue().endedAt.isBefore(time))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    @Override
    public synchronized boolean hasSignedInFrom(UUID userId, String address) {
        return sessions.values().stream()
                .anyMatch(
                        each ->
                                each.begun.userId().equals(userId)
                                        && each.begun.address().equals(address));
    }

    @Override
    public synchronized void prune(Instant before) {
        sessions.values().removeIf(each -> each.begun.until().isBefore(before));
    }

    @Override
    public synchronized Duration failed(String subject, int free, Duration longest, Instant now) {
        Failures of = failures.computeIfAbsent(subject, key -> new Failures());
        of.count++;
        int excess = of.count - free;
        Duration wait =
                excess < 1 ? Duration.ZERO : Duration.ofSeconds(1L << Math.min(excess - 1, 30));
        wait = wait.compareTo(longest) < 0 ? wait : longest;
        if (!wait.isZero()) {
            of.blockedUntil = now.plus(wait);
        }
        return wait;
    }

    @Override
    public synchronized Duration mustWait(String subject, Instant now) {
        Failures of = failures.get(subject);
        return of == null || !of.blockedUntil.isAfter(now)
                ? Duration.ZERO
                : Duration.between(now, of.blockedUntil);
    }

    @Override
    public synchronized void succeeded(String subject) {
        failures.remove(subject);
    }

    private final Map<UUID, SecondFactor> factors = new HashMap<>();

    private final Map<UUID, Long> lastSteps = new HashMap<>();

    private final Map<UUID, List<String>> recovery = new HashMap<>();

    @Override
    public synchronized Optional<SecondFactor> findSecondFactor(UUID userId) {
        return Optional.ofNullable(factors.get(userId));
    }

    @Override
    public synchronized boolean begin(UUID userId, String secret) {
        SecondFactor old = factors.get(userId);
        if (old != null && old.confirmed()) {
            return false;
        }
        factors.put(userId, new SecondFactor(secret, false));
        return true;
    }

    @Override
    public synchronized boolean confirm(
            UUID userId, String secret, long step, List<String> recoveryHashes) {
        SecondFactor factor = factors.get(userId);
        if (factor == null || factor.confirmed() || !factor.secret().equals(secret)) {
            return false;
        }
        lastSteps.put(userId, step);
        factors.put(userId, new SecondFactor(factor.secret(), true));
        recovery.put(userId, new ArrayList<>(recoveryHashes));
        return true;
    }

    @Override
    public synchronized boolean use(UUID userId, long step) {
        if (!lastSteps.containsKey(userId) || lastSteps.get(userId) >= step) {
            return false;
        }
        lastSteps.put(userId, step);
        return true;
    }

    @Override
    public synchronized boolean useRecovery(UUID userId, String hash) {
        return recovery.getOrDefault(userId, new ArrayList<>()).remove(hash);
    }

    @Override
    public synchronized boolean replaceRecovery(UUID userId, List<String> recoveryHashes) {
        return lastSteps.containsKey(userId)
                && recovery.put(userId, new ArrayList<>(recoveryHashes)) != null;
    }

    @Override
    public synchronized boolean remove(UUID userId) {
        recovery.remove(userId);
        lastSteps.remove(userId);
        return factors.remove(userId) != null;
    }

    @Override
    public synchronized boolean add(ApiKey key, int most) {
        return of(key.userId()).size() < most && keys.put(key.id(), key) == null;
    }

    @Override
    public synchronized List<ApiKey> of(UUID userId) {
        return keys.values().stream().filter(key -> key.userId().equals(userId)).toList();
    }

    @Override
    public synchronized Optional<ApiKey> find(UUID id) {
        return Optional.ofNullable(keys.get(id));
    }

    @Override
    public synchronized boolean delete(UUID userId, UUID id, Instant now) {
        ApiKey key = keys.get(id);
        if (key == null || !key.userId().equals(userId)) {
            return false;
        }
        keys.remove(id);
        deletedKeys.put(id, now);
        return true;
    }

    @Override
    public synchronized Set<UUID> deletedSince(Instant time) {
        return deletedKeys.entrySet().stream()
                .filter(each -> !each.getValue().isBefore(time))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    @Override
    public synchronized void add(Entry entry) {
        log.add(0, new Numbered(log.size() + 1L, entry));
    }

    @Override
    public synchronized List<Numbered> list(String action, Page page) {
        return log.stream()
                .filter(each -> each.id() < page.beforeId())
                .filter(each -> action == null || each.entry().action().equals(action))
                .limit(page.limit())
                .toList();
    }

    @Override
    public synchronized Decision tryAcquire(String subject, Limit limit) {
        String key = subject + " " + limit.name();
        long now = System.nanoTime();
        long interval = limit.intervalMicros() * 1_000;
        long full = Math.max(now, fullAtNanos.getOrDefault(key, now));
        long wait = full - now - interval * (limit.burst() - 1);
        if (wait > 0) {
            return new Decision(false, Duration.ofNanos(wait));
        }
        fullAtNanos.put(key, full + interval);
        return new Decision(true, Duration.ZERO);
    }
}
