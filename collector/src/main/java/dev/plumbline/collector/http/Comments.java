package dev.plumbline.collector.http;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import com.google.protobuf.Descriptors.GenericDescriptor;
import com.google.protobuf.ExtensionRegistryLite;
import dev.plumbline.v1.QueryServiceGrpc;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the contract's comments say, by the full name of what they stand at. Pure but for {@link #ofContract}. */
final class Comments {
    /** Written by the compiler of the contract, beside its classes. */
    private static final String FILE = "plumbline.desc";

    private final Map<String, String> all = new HashMap<>();

    private Comments(FileDescriptorSet files) {
        files.getFileList().forEach(this::read);
    }

    /** None where the contract was compiled without them. */
    static Comments ofContract() {
        try (InputStream file = QueryServiceGrpc.class.getResourceAsStream(FILE)) {
            return file == null
                    ? new Comments(FileDescriptorSet.getDefaultInstance())
                    : of(FileDescriptorSet.parseFrom(file, ExtensionRegistryLite.getEmptyRegistry()));
        } catch (IOException e) {
            throw new UncheckedIOException("the description of the contract in this program cannot be read", e);
        }
    }

    static Comments of(FileDescriptorSet files) {
        return new Comments(files);
    }

    /** What stands before it, as one paragraph. */
    Optional<String> on(GenericDescriptor what) {
        return Optional.ofNullable(all.get(what.getFullName()));
    }

    private void read(FileDescriptorProto file) {
        for (Location location : file.getSourceCodeInfo().getLocationList()) {
            String text = location.getLeadingComments().strip().replaceAll("\\s*\\n\\s*", " ");
            if (!text.isEmpty()) {
                name(file, location.getPathList()).ifPresent(name -> all.put(name, text));
            }
        }
    }

    /** Numbers of fields in {@code descriptor.proto}, each with an index. */
    private static Optional<String> name(FileDescriptorProto file, List<Integer> path) {
        if (path.size() < 2) {
            return Optional.empty();
        }
        int kind = path.get(0);
        int index = path.get(1);
        if (kind == FileDescriptorProto.MESSAGE_TYPE_FIELD_NUMBER) {
            var message = file.getMessageType(index);
            String name = file.getPackage() + "." + message.getName();
            if (path.size() == 2) {
                return Optional.of(name);
            }
            return path.size() == 4 && path.get(2) == 2
                    ? Optional.of(name + "." + message.getField(path.get(3)).getName())
                    : Optional.empty();
        }
        if (kind == FileDescriptorProto.SERVICE_FIELD_NUMBER) {
            var service = file.getService(index);
            String name = file.getPackage() + "." + service.getName();
            if (path.size() == 2) {
                return Optional.of(name);
            }
            return path.size() == 4 && path.get(2) == 2
                    ? Optional.of(name + "." + service.getMethod(path.get(3)).getName())
                    : Optional.empty();
        }
        return Optional.empty();
    }
}
