// SPDX-License-Identifier: GPL-3.0-or-later
// Times that firmware prints around an inference, one or more on a line, with the unit in the name
// or behind the number, as the samples of Zephyr and many others do:
//   invoke_cycles: 14524, invoke_time_us: 30
//   Inference took 12.5 ms
// What is named invoke or inference is the whole model; other times are sections.

#include <algorithm>

#include "importers/importer_list.h"
#include "importers/parts/quantity_units.h"
#include "importers/parts/session_builder.h"
#include "importers/parts/text_scan.h"

namespace importers {
namespace {

struct PrintedTime {
    std::string name;  ///< in lower case, without unit: "preprocess"
    QuantityUnit unit;
    double value = 0;
    bool isFirst = false;  ///< on its line
};

/// Longer names belong to prose.
constexpr size_t kLongestTimed = 60;
constexpr std::string_view kDigits = "0123456789";

bool isLetter(char c) {
    return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

/// Words that say that something is a time, or stand between its name and the number.
bool isFiller(std::string_view word) {
    for (const char* filler : {"time", "took", "takes", "is", "in", "latency", "duration",
                               "elapsed", "the", "of", "per", "avg", "average", "mean"})
        if (word == filler) return true;
    return false;
}

/// The name in front of a number: its words without unit and fillers. A unit among them is taken
/// where none follows the number.
std::string nameOf(std::string_view text, std::optional<QuantityUnit>& unit) {
    std::string name;
    for (size_t at = 0; at < text.size();) {
        if (!isLetter(text[at])) {
            ++at;
            continue;
        }
        size_t end = at;
        while (end < text.size() &&
               (isLetter(text[end]) || kDigits.find(text[end]) != kDigits.npos))
            ++end;
        const auto word = text.substr(at, end - at);
        const auto known = word.size() > 1 ? unitWord(word) : std::nullopt;
        if (known && !unit)
            unit = known;
        else if (!known && !isFiller(word))
            name += (name.empty() ? "" : " ") + std::string(word);
        at = end;
    }
    return name;
}

/// All numbers of a line that have a unit and a name.
std::vector<PrintedTime> timesOf(const std::string& line) {
    std::vector<PrintedTime> times;
    const std::string_view text = line;
    size_t begin = 0;
    for (size_t at = 0; at < text.size();) {
        const bool startsNumber =
            kDigits.find(text[at]) != kDigits.npos &&
            (at == 0 || (!isLetter(text[at - 1]) && text[at - 1] != '_' && text[at - 1] != '.'));
        if (!startsNumber) {
            ++at;
            continue;
        }
        size_t end = std::min(text.find_first_not_of("0123456789.", at), text.size());
        const auto value = numberOf(text.substr(at, end - at));
        const auto rest = trimmed(text.substr(end));
        size_t length = 0;
        while (length < rest.size() && isLetter(rest[length]))
            ++length;
        auto unit = unitWord(rest.substr(0, length));
        if (unit) end = static_cast<size_t>(rest.data() - text.data()) + length;
        std::string name = nameOf(text.substr(begin, at - begin), unit);
        // A second number behind a name is the same in another unit: "invoke 30 us (14524 cycles)".
        if (name.empty() && !times.empty()) name = times.back().name;
        if (value && unit && !name.empty() && name.size() <= kLongestTimed)
            times.push_back({std::move(name), *unit, *value, times.empty()});
        begin = at = end;
    }
    return times;
}

bool isInference(std::string_view name) {
    return contains(name, "invoke") || contains(name, "inference") ||
           contains(name, "classification");
}

bool namesInference(std::string_view line) {
    const std::string text = lowerCase(line);
    if (!isInference(text)) return false;
    for (const PrintedTime& time : timesOf(text))
        if (isInference(time.name)) return true;
    return false;
}

/// JSON and HTML hold such words, too. A bracket alone may begin a logger's time.
bool isMarkup(std::string_view text) {
    const auto begin = trimmed(text.substr(0, 256));
    if (begin.starts_with('{') || begin.starts_with('<')) return true;
    const auto inside = begin.starts_with('[') ? trimmed(begin.substr(1)) : begin.substr(0, 0);
    return inside.find_first_of("{[\"") == 0;
}

bool matchesFirmwareTimes(const LogFile& file) {
    if (isMarkup(file.bytes)) return false;
    for (const auto line : linesOf(file.bytes))
        if (line.size() <= kLongestName && namesInference(line)) return true;
    return false;
}

/// Length of the words that the first names of all lines begin with: what a logger prints before
/// them. 0 where they are one name.
size_t commonLength(const std::vector<PrintedTime>& times) {
    std::string_view common = times.front().name;
    for (const PrintedTime& time : times) {
        if (!time.isFirst || time.name == times.front().name) continue;
        size_t length = 0;
        for (size_t at = 0;
             at < common.size() && at < time.name.size() && common[at] == time.name[at]; ++at)
            if (common[at] == ' ') length = at + 1;
        common = common.substr(0, length);
    }
    return common.ends_with(' ') ? common.size() : 0;
}

types::Result<Sessions> readFirmwareTimes(const LogInput& input, const ImportOptions&) {
    std::vector<PrintedTime> times;
    for (const auto line : linesOf(input.main().bytes))
        if (line.size() <= kLongestName)
            for (PrintedTime& time : timesOf(lowerCase(line)))
                times.push_back(std::move(time));
    SessionBuilder builder(kFirmwareTimes.name);
    const size_t common = times.empty() ? 0 : commonLength(times);
    bool hasInference = false;
    for (const PrintedTime& time : times) {
        const bool isWhole = isInference(time.name);
        hasInference = hasInference || isWhole;
        builder.add(
            isWhole ? types::kWhole : "section/" + time.name.substr(time.isFirst ? common : 0),
            time.unit.quantity, time.value * time.unit.factor);
    }
    if (!hasInference)
        return types::fail("no line states the time of an inference", input.name,
                           "expected a name with 'invoke' or 'inference', a number and its unit: "
                           "'invoke_time_us: 30'");
    return Sessions{builder.take()};
}

}  // namespace

const Importer kFirmwareTimes = {
    "firmware-times", "Lines of firmware with the time of an inference: Zephyr's samples",
    matchesFirmwareTimes, readFirmwareTimes};

}  // namespace importers
