// SPDX-License-Identifier: GPL-3.0-or-later
// What we write ourselves comes back as it was.

#include "importers/formats/session_csv.h"
#include "importers/formats/session_json.h"
#include "sample_log.h"

namespace importers {
namespace {

TEST(OwnSession, JsonComesBackWhole) {
    const types::Session session = readSample("session.json");
    EXPECT_EQ(session.format, "host");
    EXPECT_EQ(session.conditions.source, types::MeasurementSource::Host);
    EXPECT_EQ(session.traces.at(0).windows.at(0).inferences, 2);
    types::Session again = readText(sessionJson(session));
    again.name = session.name;
    EXPECT_EQ(again, session);
}

TEST(OwnSession, JsonHoldsWhatAnImporterRead) {
    for (const char* name : {"energy_runner/energy", "st_info.json", "tflm_profiler_csv.txt",
                             "micronas_records.json"}) {
        const types::Session session = readSample(name);
        types::Session again = readText(sessionJson(session));
        again.name = session.name;
        EXPECT_EQ(again, session) << name;
    }
}

TEST(OwnSession, CsvKeepsEverySampleExactly) {
    const types::Session session = readSample("mlperf_runner");
    const types::Session again = readText(sessionCsv(session));
    ASSERT_EQ(again.measurements.size(), session.measurements.size());
    for (size_t i = 0; i < session.measurements.size(); ++i)
        EXPECT_EQ(again.measurements[i].samples, session.measurements[i].samples);
}

TEST(OwnSession, AnotherVersionIsRefused) {
    const auto imported = readLogBytes("x", R"({"schema":"netcaliper-session","version":2})", {});
    ASSERT_FALSE(imported);
    EXPECT_NE(imported.error().remedy.find("\"version\": 1"), std::string::npos);
}

}  // namespace
}  // namespace importers
