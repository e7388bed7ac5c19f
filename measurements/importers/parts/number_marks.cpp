// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/parts/number_marks.h"

#include <algorithm>

namespace importers {
namespace {

constexpr size_t kLongestNumber = 64;
/// No-break spaces, the thin space and the apostrophe of typesetters, in UTF-8.
constexpr std::string_view kGroupMarks[] = {"\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89",
                                            "\xE2\x80\x99", "'"};

bool isNumeral(char c) {
    return c >= '0' && c <= '9';
}

std::string_view withoutSign(std::string_view cell) {
    if (!cell.empty() && (cell[0] == '-' || cell[0] == '+')) cell.remove_prefix(1);
    return cell;
}

/// Number of groups of three digits behind the first one to three: "1.234.567" has 2; 0 where the
/// text is no such number.
size_t groupsOf(std::string_view digits, char mark) {
    size_t groups = 0, length = 0;
    for (const char c : digits) {
        if (c == mark) {
            if (groups == 0 ? length == 0 || length > 3 : length != 3) return 0;
            ++groups;
            length = 0;
        } else if (isNumeral(c)) {
            ++length;
        } else {
            return 0;
        }
    }
    return length == 3 ? groups : 0;
}

/// True for digits with one `mark` among them; the whole part may have groups with another mark.
bool isDecimalWith(std::string_view cell, char mark) {
    const size_t at = cell.rfind(mark);
    if (at == std::string_view::npos || at == 0 || at + 1 == cell.size()) return false;
    const auto whole = cell.substr(0, at), part = cell.substr(at + 1);
    const char other = mark == ',' ? '.' : ',';
    return std::all_of(part.begin(), part.end(), isNumeral) &&
           (std::all_of(whole.begin(), whole.end(), isNumeral) || groupsOf(whole, other) > 0);
}

/// The cell without marks that only group digits, where it is a number without them.
std::string withoutGroupMarks(std::string cell) {
    for (const std::string_view mark : kGroupMarks)
        for (size_t at = cell.find(mark); at != std::string::npos; at = cell.find(mark, at))
            cell.replace(at, mark.size(), " ");
    return cell;
}

bool isBlankNumber(std::string_view cell) {
    return cell.find(' ') != std::string_view::npos &&
           cell.find_first_not_of("0123456789 ") == std::string_view::npos;
}

}  // namespace

void NumberMarks::survey(std::string_view text) {
    if (text.size() > kLongestNumber) return;
    std::string number = withoutGroupMarks(std::string(withoutSign(text)));
    const auto whole = std::string_view(number).substr(0, number.find_first_of(",."));
    if (isBlankNumber(whole)) {
        const bool isGrouped = groupsOf(whole, ' ') > 0;
        (isGrouped ? m_blankGroups : m_otherBlanks) = true;
        if (isGrouped) std::erase(number, ' ');
    }
    const std::string_view cell = number;
    for (const auto& [mark, seen] : {std::pair{',', &m_commas}, std::pair{'.', &m_points}}) {
        const size_t groups = groupsOf(cell, mark);
        seen->oneGroup = seen->oneGroup || groups == 1;
        seen->manyGroups = seen->manyGroups || groups > 1;
        seen->decimals = seen->decimals || (groups == 0 && isDecimalWith(cell, mark));
    }
}

void NumberMarks::decide() {
    if (m_commas.manyGroups)
        m_group = ',';
    else if (m_points.manyGroups)
        m_group = '.';
    else if (m_separator == ',' && m_commas.oneGroup && !m_commas.decimals)
        m_group = ',';
    const bool hasCommas = m_commas.decimals || (m_commas.oneGroup && m_group != ',');
    const bool hasPoints = m_group != '.' && (m_points.decimals || m_points.oneGroup);
    m_commaIsDecimal = m_group != ',' && hasCommas && !hasPoints;
}

void NumberMarks::normalize(std::string& cell) const {
    if (cell.size() > kLongestNumber || cell.find_first_of("0123456789") == std::string::npos)
        return;
    // Traces have millions of cells, and most are written as C writes them.
    if (m_group != '.' && cell.find_first_not_of("0123456789.+-eE") == std::string::npos) return;
    std::string number = withoutGroupMarks(cell);
    const bool hadMarks = number != cell;
    const auto sign = number.size() - withoutSign(number).size();
    const size_t end = std::min(number.find_first_of(",."), number.size());
    const auto whole = std::string_view(number).substr(sign, end - sign);
    const bool isGrouped =
        groupsOf(whole, ' ') > 0 && (hadMarks || (m_blankGroups && !m_otherBlanks));
    if (isGrouped) std::erase(number, ' ');
    const auto digits = withoutSign(number);
    if (m_commaIsDecimal && isDecimalWith(digits, ',')) {
        std::erase(number, '.');
        number[number.find(',')] = '.';
    } else if (m_group &&
               groupsOf(digits.substr(0, digits.find(m_group == ',' ? '.' : ',')), m_group) > 0) {
        std::erase(number, m_group);
    } else if (!isGrouped) {
        return;
    }
    cell = number;
}

}  // namespace importers
