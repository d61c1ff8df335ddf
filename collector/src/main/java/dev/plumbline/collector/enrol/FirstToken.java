package dev.plumbline.collector.enrol;

import dev.plumbline.collector.access.BearerToken;
import dev.plumbline.config.ConfigException;
import dev.plumbline.words.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The hash of the token that {@code plumbline-collector init} printed, in a file beside the collector's certificate. init does
 * not know the data folder, which may be on another host and whose files are the running collector's alone; the folder of the
 * certificate it makes itself, and {@code serve} reads it anyway. The token is taken in at the first start that finds a
 * hash that its file of enrolments does not have: a token that was revoked is there, and stays revoked. When it ends was
 * settled by init, so that a collector that lost its data folder does not prolong it. Once it was taken in, the file may go.
 *
 * @param file where it stands
 */
public record FirstToken(Path file, Sha256 hash, Instant endsAt) {
    static final String NAME = "administrator.token.sha256";

    /** What init writes. */
    static String text(BearerToken token, Instant endsAt) {
        return token.hash().hex() + " " + endsAt + "\n";
    }

    /**
     * Beside the collector's certificate; empty where there is none.
     *
     * @throws ConfigException when it cannot be read, or others than its owner could have written it
     */
    public static Optional<FirstToken> beside(Path certificate) throws ConfigException {
        Path file = certificate.resolveSibling(NAME);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            if (isOthersToWrite(file)) {
                throw wrong(file, "others than its owner may write it, and make themselves administrators");
            }
            if (Files.size(file) > 256) {
                throw wrong(file, "it is longer than what plumbline-collector init writes");
            }
            String[] words = Files.readString(file).strip().split(" ", -1);
            if (words.length != 2) {
                throw wrong(file, "it is not what plumbline-collector init writes");
            }
            return Optional.of(new FirstToken(file, new Sha256(words[0]), Instant.parse(words[1])));
        } catch (IOException e) {
            throw wrong(file, "it cannot be read: " + e.getClass().getSimpleName());
        } catch (IllegalArgumentException | DateTimeException e) {
            throw wrong(file, "it is not what plumbline-collector init writes");
        }
    }

    private static boolean isOthersToWrite(Path file) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        return permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE);
    }

    private static ConfigException wrong(Path file, String why) {
        return new ConfigException(List.of(file + ": is not taken in as the first administrator's token: " + why
                + "; give it back as it was (chmod 600), or move it away and make tokens with plumbline token create"));
    }
}
