// SPDX-License-Identifier: GPL-3.0-or-later
// What monitors and loggers print around the lines of firmware.

#include "importers/parts/console_text.h"

#include "importers/parts/text_scan.h"
#include "sample_log.h"

namespace importers {
namespace {

using types::Quantity;
using TickSamples = std::vector<double>;

TEST(ConsoleText, ArrowsAndTimesOfAMonitorAreStripped) {
    const auto session = readSample("tflm_profiler_arrows.txt");
    EXPECT_EQ(samplesOf(session, "#0 CONV_2D", Quantity::Ticks), (TickSamples{249561, 249570}));
    EXPECT_EQ(samplesOf(session, "#2 SOFTMAX", Quantity::Ticks), (TickSamples{163, 164}));
}

TEST(ConsoleText, ColoursLevelsAndTagsAreStripped) {
    const auto session = readSample("tflm_profiler_levels.txt");
    EXPECT_EQ(samplesOf(session, "#0 CONV_2D", Quantity::Ticks), (TickSamples{249561}));
    EXPECT_EQ(samplesOf(session, "#1 WakeGate", Quantity::Ticks), (TickSamples{77}));
    EXPECT_EQ(samplesOf(session, "#2 SOFTMAX", Quantity::Ticks), (TickSamples{163}));
    EXPECT_EQ(samplesOf(session, "arena/total", Quantity::Bytes), (TickSamples{9568}));
}

/// Layers of a profile whose lines all begin with `prefix`, in which '%' stands for a number.
size_t layersBehind(const std::string& prefix) {
    std::string text;
    int number = 99;
    for (const char* line : {"CONV_2D took 5000 ticks (5 ms).", "ethos-u took 12 ticks (0 ms).",
                             "SOFTMAX took 163 ticks (0 ms)."}) {
        for (const char c : prefix)
            text += c == '%' ? std::to_string(number += 7) : std::string(1, c);
        text += line + std::string("\n");
    }
    size_t layers = 0;
    for (const auto& measurement : readText(text).measurements)
        layers += measurement.layer ? 1 : 0;
    return layers;
}

TEST(ConsoleText, NoPrefixNeedsToBeKnown) {
    for (const char* prefix : {"", "\xE2\x86\x92", "10:15:%.% -> ",
                               "I (%) tflm: ", "[%:%:%.%,%] <inf> tflm: ", "<6>[   %.%] ",
                               "2025-11-02T10:%:%Z INFO [app::nn] ", "% ", "ttyACM0| ", "uart:~$ ",
                               "(%)>", "[%]", "Nov 29 10:%:% board7 nn[%]: ", "[0;32mI (%) nn: ",
                               "\x1b[1;34m%\x1b[0m - ", "D/nn( %): ", "\t%\t"})
        EXPECT_EQ(layersBehind(prefix), 3u) << "'" << prefix << "'";
}

TEST(ConsoleText, TablesAndConditionsBehindAPrefixAreRead) {
    std::string text;
    for (const char* name : {"tflm_benchmark.txt", "tflm_allocator.txt"}) {
        std::string prefixed;
        int second = 0;
        const std::string whole = textOfSample(name);
        for (const auto line : linesOf(whole))
            prefixed +=
                "[12:00:" + std::to_string(++second) + "] uart0: " + std::string(line) + "\n";
        const auto plain = readSample(name), behind = readText(prefixed);
        EXPECT_EQ(behind.format, plain.format) << name;
        EXPECT_EQ(behind.measurements, plain.measurements) << name;
        EXPECT_EQ(behind.conditions, plain.conditions) << name;
    }
}

// Reports and tables that were printed on a console.
TEST(ConsoleText, OtherFormatsBehindAPrefixAreRead) {
    for (const char* name : {"st_report_core.txt", "vela_layers.csv", "heim_uart.txt"}) {
        std::string prefixed;
        int second = 0;
        const std::string whole = textOfSample(name);
        for (const auto line : linesOf(whole))
            prefixed += "10:15:" + std::to_string(10 + ++second) + " > " + std::string(line) + "\n";
        const auto plain = readSample(name), behind = readText(prefixed);
        EXPECT_EQ(behind.format, plain.format) << name;
        EXPECT_EQ(behind.measurements.size(), plain.measurements.size()) << name;
    }
}

TEST(ConsoleText, WordsOfASectionAreNoPrefix) {
    const auto session = readText(
        "AllocateTensors took 4 ticks (0 ms).\nfront end took 9 ticks (0 ms).\n"
        "CONV_2D took 80 ticks (0 ms).\n");
    EXPECT_EQ(samplesOf(session, "section/front end", Quantity::Ticks), (TickSamples{9}));
    EXPECT_EQ(samplesOf(session, "#0 CONV_2D", Quantity::Ticks), (TickSamples{80}));
}

TEST(ConsoleText, NoiseOfARestartIsNoTrouble) {
    std::string text;
    for (int line = 0; line < 9; ++line)
        text += "10:15:0" + std::to_string(line) + " > CONV_2D took 80 ticks (0 ms).\n";
    text.insert(0, 3, '\0');
    EXPECT_FALSE(samplesOf(readText(text), "#0 CONV_2D", Quantity::Ticks).empty());
}

TEST(ConsoleText, NothingRecognisedIsAnErrorThatNamesWhatWasFound) {
    const auto imported =
        readLogBytes("x", "the oven took 9 ticks (0 ms).\nthe door took 8 ticks (0 ms).\n");
    ASSERT_FALSE(imported);
    EXPECT_NE(imported.error().what.find("'the door'"), std::string::npos)
        << imported.error().message();
}

TEST(ConsoleText, EscapesEndWhereTheyEnd) {
    EXPECT_EQ(withoutEscapes("a\x1b[0;32mb\x1b[Kc\x1b]0;title\x07"
                             "d\x1b(e"),
              "abcde");
    EXPECT_EQ(withoutEscapes("a\x1b["), "a");
    EXPECT_EQ(withoutEscapes("a\x1b"), "a");
}

/// `text` with `prefix` before every line, '%' standing for a number that grows.
std::string prefixed(const std::string& prefix, std::string_view text) {
    std::string result;
    int number = 99;
    for (const auto line : linesOf(text)) {
        for (const char c : prefix)
            result += c == '%' ? std::to_string(number += 7) : std::string(1, c);
        result += std::string(line) + '\n';
    }
    return result;
}

TEST(ConsoleText, ReportsAndTablesBehindAPrefixKeepEveryColumn) {
    for (const char* name : {"st_report_two_outputs.txt", "st_report_cube.txt", "layer_table.csv",
                             "instruction_counts.csv", "vela_layers.csv", "hpx_layers"}) {
        const std::string text = name == std::string("hpx_layers")
                                     ? textOfSample("hpx_bundle/profile_results.csv")
                                     : textOfSample(name);
        const auto plain = readLogBytes("test", text, {});
        ASSERT_TRUE(plain) << name;
        for (const char* prefix : {"10:15:%.% -> ", "I (%) app: ", "[%] ", "ttyACM0| ", "%:\t"}) {
            const auto session = readLogBytes("test", prefixed(prefix, text), {});
            ASSERT_TRUE(session) << name << " '" << prefix << "'";
            EXPECT_EQ(session->format, plain->format) << name << " '" << prefix << "'";
            ASSERT_EQ(session->sessions.size(), plain->sessions.size()) << name << prefix;
            for (size_t i = 0; i < plain->sessions.size(); ++i) {
                const auto &is = session->sessions[i], &was = plain->sessions[i];
                EXPECT_EQ(is.conditions.board, was.conditions.board) << name << prefix;
                ASSERT_EQ(is.measurements.size(), was.measurements.size()) << name << prefix;
                for (size_t k = 0; k < was.measurements.size(); ++k)
                    EXPECT_EQ(is.measurements[k].key, was.measurements[k].key) << name << prefix;
            }
        }
    }
}

TEST(ConsoleText, TablesThatAllBeginAlikeKeepTheirFirstColumn) {
    const auto session =
        readText("\"layer\",\"op\",\"cycles\"\n\"0\",\"ADD\",\"7\"\n\"1\",\"MUL\",\"8\"\n");
    EXPECT_EQ(samplesOf(session, "#1 MUL", Quantity::Cycles), TickSamples{8});
}

TEST(ConsoleText, Utf16OfAWindowsConsoleIsRead) {
    std::string wide = "\xFF\xFE";
    for (const char c : std::string("[10:15] CONV_2D took 12 ticks (0 ms).\r\n"
                                    "[10:16] SOFTMAX took 5 ticks (0 ms).\r\n"))
        wide += {c, '\0'};
    EXPECT_EQ(samplesOf(readText(wide), "#1 SOFTMAX", Quantity::Ticks), TickSamples{5});
}

}  // namespace
}  // namespace importers
