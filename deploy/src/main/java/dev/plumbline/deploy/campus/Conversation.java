package dev.plumbline.deploy.campus;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.ssl.SslContext;
import java.util.List;

/** What an accepted connection of one destination speaks: read {@link #initChannel} top to bottom. */
final class Conversation extends ChannelInitializer<Channel> {
    private static final String VIA = "1.1 proxy.campus.example (campus simulator)";

    private final Internet internet;
    private final TlsFront.NameFilter filter;
    private final HostKind kind;
    private final Treatment treatment;

    Conversation(Internet internet, TlsFront.NameFilter filter, HostKind kind, Treatment treatment) {
        this.internet = internet;
        this.filter = filter;
        this.kind = kind;
        this.treatment = treatment;
    }

    @Override
    protected void initChannel(Channel channel) {
        internet.connections().add(channel);
        if (treatment.kind() == Treatment.Kind.STALL) {
            channel.pipeline().addLast(new SilentHandler());
        } else if (kind.speaksTls()) {
            channel.pipeline().addLast(new TlsFront(filter, versions(), this::identity, this::application));
        } else {
            plain(channel);
        }
    }

    private List<String> versions() {
        return treatment.kind() == Treatment.Kind.OLD_TLS ? List.of("TLSv1.2") : List.of();
    }

    private void plain(Channel channel) {
        switch (kind) {
            case HTTP -> HttpFront.http1(channel.pipeline(), plainSite());
            case SSH -> channel.pipeline().addLast(new SshHandler());
            case TCP -> channel.pipeline().addLast(new SilentHandler());
            case COURIER, PROVIDER_API, HTTPS, NTP, QUIC, HTTP3, ABSENT ->
                throw new IllegalStateException(kind + " is no plain conversation over TCP");
        }
    }

    private WebHandler.Site plainSite() {
        return switch (treatment.kind()) {
            case GENUINE, INTERCEPT, STALL, OLD_TLS -> internet::web;
            case BLOCK_PAGE -> visit -> Pages.blocked(visit.host());
            case PORTAL_REDIRECT -> visit -> Pages.redirect(visit.host(), visit.path());
            case PARKED -> visit -> Pages.parked();
        };
    }

    private SslContext identity(ClientHello hello) {
        Identities identities = internet.identities();
        return switch (treatment.kind()) {
            case INTERCEPT -> identities.intercepted(treatment.issuer(), nameShown(hello));
            case BLOCK_PAGE, PORTAL_REDIRECT -> identities.stranger("Campus Web Filter", "blocked.campus.example");
            case PARKED -> identities.stranger("Parking Ltd", "parked-domain.invalid");
            case GENUINE, STALL, OLD_TLS ->
                switch (kind) {
                    case COURIER -> identities.courier(hello.protocols());
                    case PROVIDER_API -> identities.providerApi();
                    case HTTPS, HTTP, SSH, TCP, NTP, QUIC, HTTP3, ABSENT -> identities.web(nameShown(hello));
                };
        };
    }

    /** Every server of a courier's kind has the couriers' common name. */
    private String nameShown(ClientHello hello) {
        return hello.serverName().equals("courier.push.apple.com")
                ? hello.serverName()
                : internet.known(hello.serverName());
    }

    private ChannelHandler application(ClientHello hello) {
        return switch (treatment.kind()) {
            case GENUINE, STALL, OLD_TLS -> genuine();
            case INTERCEPT ->
                kind == HostKind.COURIER
                        ? new SilentHandler()
                        : http1(v -> behind(v).with("via", VIA));
            case BLOCK_PAGE, PORTAL_REDIRECT -> http1(visit -> Pages.blocked(visit.host()));
            case PARKED -> http1(visit -> Pages.parked());
        };
    }

    private ChannelHandler genuine() {
        return switch (kind) {
            case COURIER -> new SilentHandler();
            case PROVIDER_API -> HttpFront.negotiated(Conversation::provider, false);
            case HTTPS, HTTP, SSH, TCP, NTP, QUIC, HTTP3, ABSENT -> HttpFront.negotiated(internet::web, true);
        };
    }

    private Page behind(WebHandler.Visit visit) {
        return kind == HostKind.PROVIDER_API ? provider(visit) : internet.web(visit);
    }

    private static Page provider(WebHandler.Visit visit) {
        return Pages.provider(visit.method(), visit.path(), visit.authorized());
    }

    private static ChannelHandler http1(WebHandler.Site site) {
        return new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                HttpFront.http1(channel.pipeline(), site);
            }
        };
    }
}
