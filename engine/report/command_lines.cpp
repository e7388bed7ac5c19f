// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/command_lines.h"

#include <algorithm>
#include <sstream>
#include <string_view>

#include "transform/document/variation_file.h"

namespace report {
namespace {

using types::ReservedMemory;

std::string flag(const char* name, const std::string& value) {
    return value.empty() ? std::string() : std::string(" ") + name + " " + shellWord(value);
}

std::string reserveFlags(const char* name, const std::vector<ReservedMemory>& lines) {
    std::string text;
    for (const ReservedMemory& line : lines)
        if (line.isUsers) text += flag(name, line.what + "=" + std::to_string(line.bytes));
    return text;
}

}  // namespace

std::string shellWord(const std::string& text) {
    constexpr std::string_view kPlain = "_@%+=:,./-";
    const auto isPlain = [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               kPlain.find(c) != std::string_view::npos;
    };
    // A name that begins with a dash would be read as a flag.
    const std::string word = text.starts_with('-') ? "./" + text : text;
    if (!word.empty() && std::ranges::all_of(word, isPlain)) return word;
    std::string quoted = "'";
    for (const char c : word)
        quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return quoted + "'";
}

std::vector<std::string> variationLines(const CommandSubject& subject) {
    if (subject.variation.isIdentity()) return {};
    std::vector<std::string> lines{std::string("cat > ") + kVariationFile + " <<'END'"};
    std::istringstream document(transform::variationText(subject.variation));
    for (std::string line; std::getline(document, line);)
        lines.push_back(line);
    lines.push_back("END");
    return lines;
}

std::string commandLine(const std::string& verb, const CommandSubject& subject,
                        const std::string& tail, bool isExport) {
    std::string line = "netcaliper-cli " + verb + " " + shellWord(subject.model);
    if (!subject.variation.isIdentity()) line += flag("--variation", kVariationFile);
    if (subject.board)
        line += flag("--device", subject.boardFile.empty() ? subject.board->id : subject.boardFile);
    if (subject.board && !isExport)
        line += reserveFlags("--reserve-flash", subject.board->reservedFlash) +
                reserveFlags("--reserve-sram", subject.board->reservedSram);
    line += flag("--dataset", subject.dataset) + flag("--calibration", subject.calibration);
    if (subject.usesTestPart && !subject.dataset.empty() && !isExport) line += " --test-part";
    if (verb == "report")
        for (const std::string& document : subject.tried)
            line += flag("--tried", document);
    return line + (tail.empty() ? "" : " ") + tail;
}

}  // namespace report
