// SPDX-License-Identifier: GPL-3.0-or-later
// Command lines that are copied into a shell.
#include "report/command_lines.h"

#include <gtest/gtest.h>

#include <cstdio>

#include "transform/document/variation_file.h"

namespace {

using report::commandLine;
using report::CommandSubject;
using report::shellWord;

/// What a shell makes of a word.
std::string shellReads(const std::string& word) {
    FILE* pipe = popen(("printf %s " + word).c_str(), "r");
    char text[256];
    const size_t size = fread(text, 1, sizeof text, pipe);
    pclose(pipe);
    return {text, size};
}

TEST(CommandLines, AShellReadsEveryNameAsOneWord) {
    for (const std::string name : {"kws.tflite", "my model.tflite", "it's", "$(touch /tmp/x)",
                                   "`id`", "a;b", "a\"b", "x\ny", "Größe"})
        EXPECT_EQ(shellReads(shellWord(name)), name);
    EXPECT_EQ(shellWord("kws.tflite"), "kws.tflite") << "what needs no quotes has none";
    EXPECT_EQ(shellWord("--help"), "./--help");
    EXPECT_EQ(shellWord(""), "''");
}

TEST(CommandLines, NameWhatTheFiguresDependOn) {
    types::DeviceProfile board;
    board.id = "nucleo-f446re";
    board.reservedSram = {{"stack", 4096, "profile", false}, {"RTOS", 16384, "user", true}};
    CommandSubject subject{"kws.tflite"};
    EXPECT_EQ(commandLine("evaluate", subject), "netcaliper-cli evaluate kws.tflite");
    subject.board = std::make_shared<const types::DeviceProfile>(board);
    subject.variation.width = 0.5;
    subject.dataset = "my data";
    subject.usesTestPart = true;
    subject.tried = {"a.json"};
    EXPECT_EQ(commandLine("evaluate", subject, "--json"),
              "netcaliper-cli evaluate kws.tflite --variation variation.json --device "
              "nucleo-f446re --reserve-sram RTOS=16384 --dataset 'my data' --test-part --json");
    EXPECT_EQ(commandLine("export", subject, "-o x", true),
              "netcaliper-cli export kws.tflite --variation variation.json --device nucleo-f446re "
              "--dataset 'my data' -o x");
    EXPECT_NE(commandLine("report", subject).find("--tried a.json"), std::string::npos);
}

TEST(CommandLines, TheVariationIsWrittenAsItsDocument) {
    CommandSubject subject{"kws.tflite"};
    EXPECT_TRUE(report::variationLines(subject).empty());
    subject.variation.width = 0.5;
    const auto lines = report::variationLines(subject);
    ASSERT_GT(lines.size(), 2u);
    std::string text;
    for (size_t i = 1; i + 1 < lines.size(); ++i)
        text += lines[i] + "\n";
    const auto read = transform::parseVariation(text, "lines");
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, subject.variation);
}

}  // namespace
