// SPDX-License-Identifier: GPL-3.0-or-later
#include <libpq-fe.h>

#include <charconv>
#include <cmath>

#include "store/server/server_connection.h"

namespace store {
namespace {

using namespace types;

template <typename Values, typename Written>
std::string arrayText(const Values& values, Written&& written) {
    std::string text = "{";
    for (const auto& value : values)
        text += (text.size() > 1 ? "," : "") + written(value);
    return text + "}";
}

template <typename Number>
std::optional<Number> numberIn(const std::string& text) {
    Number number{};
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
    return number;
}

std::string shortestText(double value) {
    char text[32];
    return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

}  // namespace

ServerValue::ServerValue(double value) : text(shortestText(value)) {}

ServerValue::ServerValue(std::span<const uint8_t> bytes)
    : text(bytes.begin(), bytes.end()), isBinary(true) {}

ServerValue arrayOf(std::span<const int64_t> numbers) {
    return arrayText(numbers, [](int64_t number) { return std::to_string(number); });
}

ServerValue arrayOf(std::span<const double> numbers) {
    return arrayText(numbers, shortestText);
}

ServerValue arrayOf(std::span<const std::string> texts) {
    return arrayText(texts, [](const std::string& text) {
        std::string quoted = "\"";
        for (const char c : text) {
            if (c == '"' || c == '\\') quoted += '\\';
            quoted += c;
        }
        return quoted + "\"";
    });
}

ServerRows::ServerRows(pg_result* result, std::string server)
    : m_result(result, PQclear), m_server(std::move(server)) {}

int ServerRows::count() const {
    return PQntuples(m_result.get());
}

bool ServerRows::isNull(int row, int column) const {
    return PQgetisnull(m_result.get(), row, column) != 0;
}

std::string ServerRows::text(int row, int column) const {
    const char* value = PQgetvalue(m_result.get(), row, column);
    if (value == nullptr) return {};  // a column that the answer does not have
    return {value, static_cast<size_t>(PQgetlength(m_result.get(), row, column))};
}

Result<int64_t> ServerRows::integer(int row, int column, int64_t least, int64_t most) const {
    const auto value = numberIn<int64_t>(text(row, column));
    if (!value || *value < least || *value > most) return tl::unexpected(odd("a number"));
    return *value;
}

Result<double> ServerRows::number(int row, int column) const {
    const auto value = numberIn<double>(text(row, column));
    if (!value || !std::isfinite(*value)) return tl::unexpected(odd("a number"));
    return *value;
}

Result<std::string> ServerRows::shortText(int row, int column, size_t most) const {
    std::string value = text(row, column);
    if (isNull(row, column) || value.size() > most || value.find('\0') != std::string::npos)
        return tl::unexpected(odd("a text"));
    return value;
}

Error ServerRows::odd(const char* what) const {
    return {std::string("holds a sweep that Netcaliper did not write: ") + what +
                " is missing or out of range",
            m_server, "look at who may write to it, and begin in an empty database"};
}

}  // namespace store
