package dev.plumbline.agent.pac;

import com.sun.management.ThreadMXBean;
import dev.plumbline.words.ScriptEnd;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.ContextFactory;
import org.mozilla.javascript.Function;
import org.mozilla.javascript.RhinoException;
import org.mozilla.javascript.ScriptableObject;
import org.mozilla.javascript.Undefined;

/** One script in an interpreter that sees no Java class and is stopped when it uses up its limits. */
final class PacEngine {
    private static final int OBSERVED_EVERY = 2_000;
    private static final int MAX_DEPTH = 400;
    static final int MAX_ANSWER = 300;
    /** The sentence around what the interpreter says of a script. */
    static final int MAX_PROBLEM = 400;

    private final PacLimits limits;
    private final PacHost host;

    PacEngine(PacLimits limits, PacHost host) {
        this.limits = limits;
        this.host = host;
    }

    /** Runs on the calling thread, which the limits are measured by. */
    PacOutcome evaluate(String script, List<PacQuestion> questions) {
        Bounded factory = new Bounded(limits);
        Context context = factory.enterContext();
        try {
            ScriptableObject scope = context.initSafeStandardObjects(null, true);
            PacFunctions.define(scope, host);
            scope.delete("ArrayBuffer");
            context.evaluateString(scope, script, "proxy script", 1, null);
            Object find = ScriptableObject.getProperty(scope, "FindProxyForURL");
            if (!(find instanceof Function function)) {
                return PacOutcome.failed(ScriptEnd.BROKEN, "the script has no function FindProxyForURL");
            }
            List<String> answers = new ArrayList<>();
            for (PacQuestion question : questions) {
                Object answer = function.call(context, scope, scope, new Object[] {question.url(), question.host()});
                answers.add(text(answer));
            }
            return PacOutcome.answered(answers);
        } catch (UsedUp used) {
            return PacOutcome.failed(used.end, used.sentence);
        } catch (RhinoException wrong) {
            return PacOutcome.failed(
                    ScriptEnd.BROKEN, "the script fails: " + shortened(String.valueOf(wrong.getMessage())));
        } catch (StackOverflowError deep) {
            return PacOutcome.failed(ScriptEnd.BROKEN, "the script calls itself without end");
        } finally {
            Context.exit();
        }
    }

    /** As browsers read it: nothing, or null, is the direct way. */
    private static String text(Object answer) {
        if (answer == null || Undefined.isUndefined(answer)) {
            return "DIRECT";
        }
        return shortened(Context.toString(answer));
    }

    private static String shortened(String text) {
        return text.substring(0, Math.min(text.length(), MAX_ANSWER))
                .replaceAll("[\\p{Cntrl}]", " ")
                .strip();
    }

    /** No exception of the script's: it cannot catch an error of the host's. */
    private static final class UsedUp extends Error {
        private static final long serialVersionUID = 1;
        private final ScriptEnd end;
        private final String sentence;

        UsedUp(ScriptEnd end, String sentence) {
            super(sentence, null, false, false);
            this.end = end;
            this.sentence = sentence;
        }
    }

    private static final class Bounded extends ContextFactory {
        private final PacLimits limits;
        private final long start = System.nanoTime();
        private final long allocatedBefore = allocated();
        private long instructions;

        Bounded(PacLimits limits) {
            this.limits = limits;
        }

        @Override
        protected Context makeContext() {
            Context context = super.makeContext();
            context.setInterpretedMode(true);
            context.setInstructionObserverThreshold(OBSERVED_EVERY);
            context.setMaximumInterpreterStackDepth(MAX_DEPTH);
            context.setClassShutter(name -> false);
            return context;
        }

        @Override
        protected void observeInstructionCount(Context context, int count) {
            instructions += count;
            if (instructions > limits.instructions()) {
                throw new UsedUp(
                        ScriptEnd.ENDLESS, "the script does not end: stopped after " + instructions + " instructions");
            }
            if (System.nanoTime() - start > limits.time().toNanos()) {
                throw new UsedUp(
                        ScriptEnd.ENDLESS,
                        "the script did not end within " + limits.time().toMillis() + " ms");
            }
            if (allocated() - allocatedBefore > limits.bytes()) {
                throw new UsedUp(
                        ScriptEnd.HOARDING, "the script wants more than " + (limits.bytes() >> 20) + " MB of memory");
            }
        }

        private static long allocated() {
            return ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
                    ? threads.getThreadAllocatedBytes(Thread.currentThread().getId())
                    : 0;
        }
    }
}
