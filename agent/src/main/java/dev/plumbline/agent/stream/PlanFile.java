package dev.plumbline.agent.stream;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.catalog.plan.PlanCodec;
import dev.plumbline.wire.WireException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The latest plan on the agent's disk, with which it goes on when it starts without a collector. */
public final class PlanFile {
    private static final Logger LOG = LoggerFactory.getLogger(PlanFile.class);

    private final Path file;

    /** @param folder the agent's data folder, which exists */
    public PlanFile(Path folder) {
        this.file = folder.resolve("plan.pb");
    }

    /** The plan that was kept; empty when there is none, or none whose content has the hash that names it. */
    public Optional<Plan> read() {
        try {
            return Optional.of(PlanCodec.decode(dev.plumbline.v1.Plan.parseFrom(Files.readAllBytes(file))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (InvalidProtocolBufferException | WireException e) {
            LOG.warn("{} is no plan and is not used: {}", file, e.getMessage());
            return Optional.empty();
        } catch (IOException e) {
            LOG.warn("{} cannot be read ({})", file, e.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    /** Replaces the plan at one blow. */
    void write(dev.plumbline.v1.Plan plan) {
        Path fresh = file.resolveSibling("plan.pb.new");
        try {
            Files.write(fresh, plan.toByteArray());
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn(
                    "{} cannot be written ({}); a restart without collector will use an older plan",
                    file,
                    e.getMessage());
        }
    }
}
