package dev.plumbline.collector;

import dev.plumbline.collector.alert.AlertWriter;
import dev.plumbline.collector.finding.Finding;
import dev.plumbline.collector.query.Declared;
import dev.plumbline.collector.remedy.Configuration;
import dev.plumbline.collector.remedy.Configurations;
import dev.plumbline.words.TargetId;
import java.util.List;
import java.util.function.Supplier;

/** What alerts say beside a finding, from what is declared now. */
record DeclaredBackground(Supplier<Declared> declared) implements AlertWriter.Background {
    @Override
    public String service(TargetId target) {
        return declared.get().service(target);
    }

    @Override
    public List<Configuration> remedies(String incident, Finding finding) {
        return Configurations.of(declared.get().order(incident, finding));
    }
}
