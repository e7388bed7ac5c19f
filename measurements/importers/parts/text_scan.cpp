// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/parts/text_scan.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace importers {
namespace {

bool isBlank(char c) {
    return static_cast<unsigned char>(c) <= ' ';
}

/// Parses a number at the beginning; `rest` becomes the text after it.
template <typename T>
std::optional<T> parse(std::string_view text, std::string_view& rest) {
    // from_chars does not accept a plus sign.
    if (text.size() > 1 && text[0] == '+' && text[1] != '-') text.remove_prefix(1);
    T value{};
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc()) return std::nullopt;
    rest = text.substr(static_cast<size_t>(end - text.data()));
    return value;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && isBlank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isBlank(text.back()))
        text.remove_suffix(1);
    return text;
}

std::string lowerCase(std::string_view text) {
    std::string result(text);
    for (char& c : result)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return result;
}

std::vector<std::string_view> linesOf(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const size_t end = std::min(text.find_first_of("\r\n"), text.size());
        lines.push_back(trimmed(text.substr(0, end)));
        const bool pair = end + 1 < text.size() && text[end] == '\r' && text[end + 1] == '\n';
        text.remove_prefix(std::min(end + (pair ? 2 : 1), text.size()));
    }
    return lines;
}

std::optional<std::string_view> after(std::string_view text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return std::nullopt;
    return text.substr(prefix.size());
}

std::optional<std::string_view> behind(std::string_view text, std::string_view mark) {
    const size_t at = text.find(mark);
    if (at == std::string_view::npos) return std::nullopt;
    return text.substr(at + mark.size());
}

std::optional<std::string_view> between(std::string_view text, std::string_view begin,
                                        std::string_view end) {
    const auto rest = behind(text, begin);
    if (!rest) return std::nullopt;
    const size_t stop = rest->find(end);
    if (stop == std::string_view::npos) return std::nullopt;
    return rest->substr(0, stop);
}

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

bool hasLine(std::string_view text, std::string_view prefix) {
    for (size_t at = text.find(prefix); at != std::string_view::npos;
         at = text.find(prefix, at + 1)) {
        size_t begin = at;
        while (begin > 0 && (text[begin - 1] == ' ' || text[begin - 1] == '\t'))
            --begin;
        if (begin == 0 || text[begin - 1] == '\n' || text[begin - 1] == '\r') return true;
    }
    return false;
}

std::vector<std::string_view> piecesOf(std::string_view text, char separator) {
    std::vector<std::string_view> pieces;
    for (size_t begin = 0; begin <= text.size();) {
        const size_t end = std::min(text.find(separator, begin), text.size());
        pieces.push_back(trimmed(text.substr(begin, end - begin)));
        begin = end + 1;
    }
    return pieces;
}

std::optional<double> numberOf(std::string_view text) {
    std::string_view rest;
    const auto value = parse<double>(trimmed(text), rest);
    if (!value || !rest.empty() || !std::isfinite(*value)) return std::nullopt;
    return value;
}

std::optional<int64_t> integerOf(std::string_view text) {
    std::string_view rest;
    const auto value = parse<int64_t>(trimmed(text), rest);
    return value && rest.empty() ? value : std::nullopt;
}

std::optional<double> leadingNumber(std::string_view text) {
    std::string_view rest;
    const auto value = parse<double>(trimmed(text), rest);
    return value && std::isfinite(*value) ? value : std::nullopt;
}

std::optional<double> leadingGrouped(std::string_view text) {
    constexpr size_t kMostDigits = 18;
    std::string digits;
    bool hasPoint = false;
    for (const char c : trimmed(text)) {
        if (c == ',' && !hasPoint) continue;
        const bool isPoint = c == '.' && !hasPoint && !digits.empty();
        if ((!isPoint && (c < '0' || c > '9')) || digits.size() > kMostDigits) break;
        digits += c;
        hasPoint = hasPoint || isPoint;
    }
    if (digits.ends_with('.')) digits.pop_back();
    return numberOf(digits);
}

std::optional<std::vector<double>> numberList(std::string_view text) {
    std::vector<double> values;
    if (trimmed(text).empty()) return values;
    for (const auto piece : piecesOf(text, ',')) {
        const auto value = numberOf(piece);
        if (!value) return std::nullopt;
        values.push_back(*value);
    }
    return values;
}

}  // namespace importers
