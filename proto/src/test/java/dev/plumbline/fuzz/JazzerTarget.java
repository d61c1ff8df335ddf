package dev.plumbline.fuzz;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

/**
 * What Jazzer calls in its process. The test that the trial is from runs in a thread of its own as far as the trial, and waits there:
 * what it has opened stays open meanwhile.
 */
public final class JazzerTarget {
    static final String TEST = "plumbline.fuzz.test";
    static final String NAME = "plumbline.fuzz.name";

    private static final CompletableFuture<Trial> GIVEN = new CompletableFuture<>();
    private static @Nullable Trial trial;

    private JazzerTarget() {}

    /** Whether this process is one of Jazzer's. */
    static boolean isHere() {
        return !System.getProperty(TEST, "").isEmpty();
    }

    /** Takes the trial that is meant and does not come back; another one of the same test is passed by. */
    static void take(Trial offered) {
        if (offered.name().equals(System.getProperty(NAME, ""))) {
            GIVEN.complete(offered);
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Jazzer's entry, once. */
    public static void fuzzerInitialize() throws Exception {
        String[] test = System.getProperty(TEST, "").split("#", 2);
        Thread thread = new Thread(
                () -> {
                    try {
                        play(Class.forName(test[0]), test[1]);
                        GIVEN.completeExceptionally(new IllegalStateException("the test has no such trial"));
                    } catch (Throwable thrown) {
                        GIVEN.completeExceptionally(thrown);
                    }
                },
                "test");
        thread.setDaemon(true);
        thread.start();
        Trial given = GIVEN.get();
        given.warmUp();
        trial = given;
    }

    /** Jazzer's entry, for each input. */
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        if (trial != null) {
            trial.oneOrAgain(input);
        }
    }

    private static void play(Class<?> kind, String name) throws ReflectiveOperationException, IOException {
        Constructor<?> constructor = kind.getDeclaredConstructor();
        constructor.setAccessible(true);
        Object test = constructor.newInstance();
        for (Field field : kind.getDeclaredFields()) {
            if (field.isAnnotationPresent(TempDir.class)) {
                Path folder = Files.createTempDirectory("plumbline-fuzz-");
                field.setAccessible(true);
                field.set(test, folder);
            }
        }
        Method method = kind.getDeclaredMethod(name);
        method.setAccessible(true);
        method.invoke(test);
    }
}
