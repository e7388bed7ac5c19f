// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/parts/console_text.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <unordered_map>

#include "importers/parts/op_tags.h"
#include "importers/parts/text_scan.h"

namespace importers {
namespace {

/// Longer text before a line is no prefix of a logger.
constexpr size_t kLongestPrefix = 160;
/// Shapes are counted in the beginning of a log; a monitor does not change its form later.
constexpr size_t kSurveyedBytes = size_t{256} << 10;
constexpr size_t kMaxPrefixes = 20;
constexpr double kMostLines = 0.6;
/// Share of the lines in which a word follows a prefix.
constexpr double kFewestLines = 0.3;
constexpr char kEscape = '\x1b';
/// Fixed texts that begin lines of TFLM's tools.
constexpr const char* kMarks[] = {"\"Event\",\"Tag\",",
                                  "Event,Tag,",
                                  "\"Unique Tag\"",
                                  "\"total number of ticks\"",
                                  "[RecordingMicroAllocator] ",
                                  "[[ Table ]]: ",
                                  "Configured arena size = "};

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

bool isSpace(char c) {
    return c == ' ' || c == '\t';
}

/// Arrows and bars beyond ASCII separate like other signs.
bool isNameCharacter(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/// Reads one character of the shape of `text` at `at`, and moves `at` behind what it stands for.
char nextOfShape(std::string_view text, size_t& at) {
    const char c = text[at++];
    if (!isDigit(c) && !isSpace(c)) return c;
    const auto same = isDigit(c) ? isDigit : isSpace;
    while (at < text.size() && same(text[at]))
        ++at;
    return isDigit(c) ? '0' : ' ';
}

std::string shapeOf(std::string_view text) {
    std::string shape;
    for (size_t at = 0; at < text.size();)
        shape += nextOfShape(text, at);
    return shape;
}

/// Length of the prefix of that shape; 0 where the line begins otherwise. The blank at the end of a
/// prefix is cut off where the line holds nothing else.
size_t prefixLength(std::string_view line, const std::string& shape) {
    size_t at = 0;
    for (size_t i = 0; i < shape.size(); ++i) {
        if (at >= line.size()) return i + 1 == shape.size() && shape[i] == ' ' ? at : 0;
        if (nextOfShape(line, at) != shape[i]) return 0;
    }
    return at;
}

/// End of the escape sequence that begins at `at`.
size_t escapeEnd(std::string_view text, size_t at) {
    if (at + 1 >= text.size()) return text.size();
    const char kind = text[at + 1];
    if (kind == ']') {  // a title: until BEL or ESC backslash
        const size_t end = text.find_first_of("\x07\n", at);
        return end == std::string_view::npos ? text.size() : end + (text[end] == '\n' ? 0 : 1);
    }
    if (kind != '[') return at + 2;
    size_t end = at + 2;
    while (end < text.size() && text[end] >= ' ' && text[end] < '@')
        ++end;
    return std::min(end + 1, text.size());
}

/// Begin of the builtin operator's name that ends the text; nothing where there is none.
std::optional<size_t> opAtEnd(std::string_view text) {
    size_t begin = text.size();
    while (begin > 0 && isNameCharacter(text[begin - 1]))
        --begin;
    return isOpTag(text.substr(begin)) ? std::optional(begin) : std::nullopt;
}

struct Payload {
    size_t begin = 0;
    bool isCertain = false;  ///< it begins with a text that no prefix holds
};

/// "CONV_2D took 249561 ticks (8 ms)."
std::optional<Payload> timedLine(std::string_view line) {
    const size_t took = line.find(" took ");
    if (took == std::string_view::npos || !between(line.substr(took), " took ", " ticks"))
        return std::nullopt;
    const auto name = line.substr(0, took);
    if (const auto begin = opAtEnd(name)) return Payload{*begin, true};
    const size_t blank = name.find_last_of(" \t");
    return Payload{blank == std::string_view::npos ? 0 : blank + 1, false};
}

/// "0,CONV_2D,249561" and "CONV_2D, 1817013".
std::optional<Payload> tableRow(std::string_view line) {
    for (size_t comma = line.find(','); comma != std::string_view::npos;
         comma = line.find(',', comma + 1)) {
        auto name = line.substr(0, comma);
        const bool isQuoted = name.ends_with('"');
        if (isQuoted) name.remove_suffix(1);
        auto begin = opAtEnd(name);
        if (!begin) continue;
        if (isQuoted && *begin > 0) --*begin;
        // The row of a layer has its number before the name.
        if (*begin == 0 || line[*begin - 1] != ',') return Payload{*begin, true};
        size_t number = *begin - 1;
        while (number > 0 && isDigit(line[number - 1]))
            --number;
        return Payload{number < *begin - 1 ? number : *begin, true};
    }
    return std::nullopt;
}

std::optional<Payload> markedLine(std::string_view line) {
    for (const char* mark : kMarks) {
        const size_t at = line.find(mark);
        if (at != std::string_view::npos) return Payload{at, true};
    }
    return std::nullopt;
}

std::optional<Payload> payloadOf(std::string_view line) {
    for (const auto find : {markedLine, timedLine, tableRow})
        if (const auto payload = find(line)) return payload;
    return std::nullopt;
}

/// Words alone are no prefix: they belong to the name of what was timed.
bool looksLikePrefix(std::string_view shape) {
    return std::any_of(shape.begin(), shape.end(),
                       [](char c) { return c == '0' || (!isSpace(c) && !isNameCharacter(c)); });
}

std::vector<std::string> profilePrefixes(std::string_view text) {
    struct Votes {
        size_t lines = 0;
        bool isCertain = false;
    };
    std::map<std::string, Votes> found;
    for (const auto line : linesOf(text)) {
        const auto payload = payloadOf(line);
        if (!payload || payload->begin == 0 || payload->begin > kLongestPrefix) continue;
        Votes& votes = found[shapeOf(line.substr(0, payload->begin))];
        ++votes.lines;
        votes.isCertain = votes.isCertain || payload->isCertain;
    }
    std::vector<std::string> shapes;
    for (const auto& [shape, votes] : found)
        if (votes.isCertain || (votes.lines > 1 && looksLikePrefix(shape))) shapes.push_back(shape);
    return shapes;
}

/// Counts, for each line, the shapes that end before a word.
void countShapes(std::string_view line, std::unordered_map<std::string, size_t>& counts) {
    std::string shape;
    for (size_t at = 0; at < line.size() && at < kLongestPrefix;) {
        shape += nextOfShape(line, at);
        if (at < line.size() && !isNameCharacter(shape.back()) && isNameCharacter(line[at]))
            ++counts[shape];
    }
}

size_t linesThatBegin(std::string_view text, const std::string& shape) {
    size_t count = 0;
    for (const auto line : linesOf(text))
        count += prefixLength(line, shape) > 0 ? 1 : 0;
    return count;
}

}  // namespace

std::string withoutEscapes(std::string_view text) {
    std::string clean;
    for (size_t at = 0; at < text.size();) {
        const size_t escape = std::min(text.find(kEscape, at), text.size());
        clean += text.substr(at, escape - at);
        at = escape < text.size() ? escapeEnd(text, escape) : escape;
    }
    return clean;
}

std::string withoutProfilePrefixes(std::string text) {
    const bool hasTimes = contains(text, " took ") && contains(text, " ticks");
    const bool hasMark = std::any_of(std::begin(kMarks), std::end(kMarks),
                                     [&](const char* mark) { return contains(text, mark); });
    // Rows of other tables hold names of operators, too.
    if (!hasTimes && !hasMark) return text;
    const auto shapes = profilePrefixes(text);
    return shapes.empty() ? text : withoutPrefixes(text, shapes);
}

std::vector<std::string> commonPrefixes(std::string_view text) {
    std::unordered_map<std::string, size_t> counts;
    size_t lines = 0;
    for (const auto line : linesOf(text.substr(0, kSurveyedBytes))) {
        if (line.empty()) continue;
        ++lines;
        countShapes(line, counts);
    }
    std::vector<std::string> shapes;
    for (const auto& [shape, count] : counts) {
        if (count < 2 || static_cast<double>(count) < kFewestLines * static_cast<double>(lines))
            continue;
        // Rules and empty messages begin with the shape, too, though no word follows.
        const size_t all = linesThatBegin(text.substr(0, kSurveyedBytes), shape);
        if (static_cast<double>(all) >= kMostLines * static_cast<double>(lines))
            shapes.push_back(shape);
    }
    std::sort(shapes.begin(), shapes.end(), [](const std::string& a, const std::string& b) {
        return a.size() != b.size() ? a.size() > b.size() : a < b;
    });
    if (shapes.size() > kMaxPrefixes) shapes.resize(kMaxPrefixes);
    return shapes;
}

bool beginsEveryLine(std::string_view text, const std::string& shape) {
    constexpr std::string_view kClosing = " >]|:)";
    const char last = shape.empty() ? ',' : shape.back();
    if (kClosing.find(last) == std::string_view::npos && static_cast<unsigned char>(last) < 0x80)
        return false;
    if (shape.find_first_not_of(" \",;|") == std::string::npos) return false;
    const auto lines = linesOf(text);
    return std::all_of(lines.begin(), lines.end(), [&](std::string_view line) {
        return line.empty() || prefixLength(line, shape) > 0;
    });
}

std::string withoutPrefixes(std::string_view text, const std::vector<std::string>& shapes) {
    std::string clean;
    clean.reserve(text.size());
    for (const auto line : linesOf(text)) {
        size_t length = 0;
        for (const std::string& shape : shapes)
            length = std::max(length, prefixLength(line, shape));
        clean += line.substr(length);
        clean += '\n';
    }
    return clean;
}

}  // namespace importers
