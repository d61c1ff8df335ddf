package dev.plumbline.collector.rule;

import java.util.List;

/** The rules in the order in which they are asked. A new rule is one class, its table of cases, and one line here. */
public final class RuleBook {
    /** Causes that hide every other, the heaviest first. */
    public static final List<Mask> MASKS =
            List.of(new AgentUnfit(), new AgentDisplaced(), new ProxyOnly(), new SegmentOffline(), new CaptivePortal());

    /** Causes of single failures: what needs several facts to agree comes before the plain table. */
    public static final List<Rule> RULES = List.of(
            FollowsAgent.first(new LoneSilence(), new Jam()),
            new FalseAnswers(),
            new BlockPage(),
            new TlsInterception(),
            new BrokenIpv6(),
            new PathMtu(),
            new VersionBroken(),
            new PartialAddresses(),
            new LoneSilence(),
            new Jam(),
            FollowsAgent.last(),
            new BySymptom(),
            new HttpProxy(),
            new TransparentProxy(),
            new ReapedHolds(),
            new OutboundOpen(),
            new ProxyOffered());

    private RuleBook() {}
}
