// SPDX-License-Identifier: GPL-3.0-or-later
// The content of a log determines its importer.

#include <algorithm>
#include <fstream>
#include <set>

#include "sample_log.h"
#include "support/temporary_dir.h"

namespace importers {
namespace {

/// The format that the name of a sample begins with: "st-report-json" of st_report.json,
/// "st-report" of st_report_core.txt. Empty where there is none.
std::string formatInName(std::string name) {
    std::ranges::replace_if(
        name, [](char c) { return c == '_' || c == '.'; }, '-');
    std::string longest;
    for (const Format& format : formats())
        if ((name + '-').starts_with(format.name + '-') && format.name.size() > longest.size())
            longest = format.name;
    return longest;
}

TEST(Detection, EverySampleIsTakenByItsImporter) {
    ImportOptions options;
    options.supplyVolts = 3;
    std::set<std::string> seen;
    for (const auto& entry : std::filesystem::directory_iterator(samplePath(""))) {
        const std::string name = entry.path().filename().string();
        const std::string format = formatInName(name);
        ASSERT_NE(format, "") << "no format of measurements/importers/importer_list.h has the name "
                              << "with which " << name << " begins: add its row";
        EXPECT_EQ(readOrFail(entry.path(), options).format, format)
            << name << ": see matches() in measurements/importers/formats, and the order of "
            << "measurements/importers/importer_list.h";
        seen.insert(format);
    }
    for (const Format& format : formats())
        EXPECT_TRUE(seen.contains(format.name))
            << format.name << " has no sample: add one to tests/importers/samples, named after it";
}

TEST(Detection, AnUnknownKindSaysWhatWasExpectedAndWhatWasFound) {
    const auto imported = readLogBytes("notes.txt", "Dear diary,\ntoday", {});
    ASSERT_FALSE(imported);
    EXPECT_NE(imported.error().what.find("Dear diary,"), std::string::npos);
    EXPECT_EQ(imported.error().where, "notes.txt");
    EXPECT_NE(imported.error().remedy.find("tflm-profiler"), std::string::npos);
}

TEST(Detection, AnEmptyFileIsSaidToBeEmpty) {
    const auto imported = readLogBytes("empty", "", {});
    ASSERT_FALSE(imported);
    EXPECT_NE(imported.error().what.find("empty"), std::string::npos);
}

TEST(Detection, AFormatThatDoesNotExistIsRefused) {
    ImportOptions options;
    options.format = "tflm";
    const auto imported = readLogBytes("x", "CONV_2D took 1 ticks (0 ms).", options);
    ASSERT_FALSE(imported);
    EXPECT_NE(imported.error().what.find("'tflm'"), std::string::npos);
}

TEST(Detection, AChosenFormatWinsAndSaysWhatItMisses) {
    ImportOptions options;
    options.format = "vela-layers";
    const auto imported = readLogBytes("x", "CONV_2D took 1 ticks (0 ms).", options);
    ASSERT_FALSE(imported);
    EXPECT_NE(imported.error().what.find("Op Cycles"), std::string::npos);
}

TEST(Detection, APartOfAFolderStandsForItsFolder) {
    const auto whole = readOrFail(samplePath("energy_runner/energy"));
    for (const char* part :
         {"log.txt", "results.txt", "trace1-energy.bin", "trace1-timestamps.json"}) {
        const auto imported = readOrFail(samplePath("energy_runner/energy") / part);
        ASSERT_EQ(imported.sessions.size(), 1u) << part;
        EXPECT_EQ(imported.sessions[0].measurements, whole.sessions[0].measurements) << part;
        EXPECT_EQ(imported.files.size(), 4u) << part;
    }
}

TEST(Detection, ADirectoryListsWhatItLeavesOut) {
    const support::TemporaryDir dir;
    std::filesystem::create_directory(dir / "logs");
    std::ofstream(dir / "logs/a.txt") << "CONV_2D took 10 ticks (0 ms).\n";
    std::ofstream(dir / "logs/b.txt") << "nothing that is known\n";
    const auto imported = readOrFail(dir / "logs");
    ASSERT_EQ(imported.sessions.size(), 1u);
    EXPECT_EQ(imported.sessions[0].name, "a");
    EXPECT_TRUE(hasWarning(imported.sessions[0], "b.txt has no known format"));
}

TEST(Detection, SessionsOfOneImportHaveNamesOfTheirOwn) {
    std::set<std::string> names;
    const auto imported = readOrFail(samplePath("energy_runner"));
    for (const auto& session : imported.sessions)
        EXPECT_TRUE(names.insert(session.name).second) << session.name;
    EXPECT_EQ(names, (std::set<std::string>{"accuracy", "energy", "performance"}));
}

TEST(Detection, AMissingFileIsNamed) {
    const auto imported = readLog("/no/such/log.txt");
    ASSERT_FALSE(imported);
    EXPECT_EQ(imported.error().where, "/no/such/log.txt");
}

// A log truncated anywhere is read or refused.
TEST(Detection, EveryTruncationIsReadOrRefused) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(samplePath(""))) {
        if (!entry.is_regular_file()) continue;
        std::ifstream stream(entry.path(), std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
        ASSERT_FALSE(bytes.empty()) << entry.path();
        for (size_t length = 0; length <= bytes.size(); length += 1 + bytes.size() / 60) {
            const auto imported = readLogBytes("cut", bytes.substr(0, length), {});
            if (imported)
                EXPECT_FALSE(imported->sessions.empty()) << entry.path() << " at " << length;
            else
                EXPECT_FALSE(imported.error().what.empty()) << entry.path() << " at " << length;
        }
    }
}

TEST(Detection, AHugeLineIsNoTrouble) {
    const std::string text = "CONV_2D took 10 ticks (0 ms).\n" + std::string(8 << 20, 'x') +
                             "\nSOFTMAX took 5 ticks (0 ms).\n";
    EXPECT_EQ(readText(text).measurements.size(), 2u);
}

}  // namespace
}  // namespace importers
