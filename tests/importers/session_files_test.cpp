// SPDX-License-Identifier: GPL-3.0-or-later
// Files that we write are read back unchanged.

#include "importers/formats/session_json.h"
#include "sample_log.h"

namespace importers {
namespace {

TEST(SessionFiles, JsonComesBackWhole) {
    const types::Session session = readSample("session.json");
    EXPECT_EQ(session.format, "host");
    EXPECT_EQ(session.conditions.source, types::MeasurementSource::Host);
    EXPECT_EQ(session.traces.at(0).windows.at(0).inferences, 2);
    types::Session again = readText(sessionJson(session));
    again.name = session.name;
    EXPECT_EQ(again, session);
}

TEST(SessionFiles, JsonHoldsWhatAnImporterRead) {
    for (const char* name : {"energy_runner/energy", "st_info.json", "tflm_profiler_csv.txt",
                             "micronas_records.json"}) {
        const types::Session session = readSample(name);
        types::Session again = readText(sessionJson(session));
        again.name = session.name;
        EXPECT_EQ(again, session) << name;
    }
}

TEST(SessionFiles, CsvKeepsEverySampleExactly) {
    // 17 digits preserve a double exactly.
    const types::Session session = readText(
        "key,layer,op,quantity,sample,value\n"
        "whole,,,latency_us,0,1234.5678901234567\n"
        "\"#0 CONV_2D\",0,CONV_2D,energy_uj,0,0.10000000000000001\n"
        "\"#0 CONV_2D\",0,CONV_2D,energy_uj,1,0.30000000000000004\n");
    ASSERT_EQ(session.measurements.size(), 2u);
    EXPECT_EQ(session.measurements[0].samples, std::vector<double>{1234.5678901234567});
    EXPECT_EQ(session.measurements[1].samples, (std::vector<double>{0.1, 0.1 + 0.2}));
    EXPECT_EQ(session.measurements[1].layer, 0);
}

TEST(SessionFiles, TextsThatLookLikeAConsoleStay) {
    types::Session session = readSample("session.json");
    session.conditions.notes = "board: CONV_2D took 163 ticks (0 ms)";
    session.conditions.flags = "[RecordingMicroAllocator] of a log that was cut";
    session.measurements.front().note = "I (123) CONV_2D took 9 ticks";
    types::Session again = readText(sessionJson(session));
    again.name = session.name;
    EXPECT_EQ(again, session);
}

TEST(SessionFiles, AnotherVersionIsRefused) {
    const auto imported = readLogBytes("x", R"({"schema":"netcaliper-session","version":2})", {});
    ASSERT_FALSE(imported);
    EXPECT_NE(imported.error().remedy.find("\"version\": 1"), std::string::npos);
}

}  // namespace
}  // namespace importers
