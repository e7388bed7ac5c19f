// SPDX-License-Identifier: GPL-3.0-or-later
#include "tflite/custom_options.h"

#include <flatbuffers/flexbuffers.h>

#include <cstring>
#include <limits>

namespace tflite {
namespace {

using Number = types::CustomOptions::Number;

Number numberOf(const flexbuffers::Reference& value) {
    Number number;
    if (value.IsBool())
        number.value = value.AsBool() ? 1 : 0;
    else if (value.IsInt())
        number.value = static_cast<double>(value.AsInt64());
    else if (value.IsUInt())
        number.value = static_cast<double>(value.AsUInt64());
    else
        number.isInteger = false;
    if (!number.isInteger)
        number.value =
            value.IsFloat() ? value.AsDouble() : std::numeric_limits<double>::quiet_NaN();
    return number;
}

/// The verifier does not check that a key ends inside the buffer.
std::string keyText(const char* key, std::span<const uint8_t> bytes) {
    const auto* end = reinterpret_cast<const char*>(bytes.data() + bytes.size());
    return {key, strnlen(key, static_cast<size_t>(end - key))};
}

template <typename List>
void appendNumbers(const List& list, types::CustomOptions& options) {
    for (size_t i = 0; i < list.size(); ++i)
        options.numbers.push_back(numberOf(list[i]));
}

}  // namespace

std::optional<types::CustomOptions> readCustomOptions(std::span<const uint8_t> bytes) {
    std::vector<uint8_t> seen;  // keeps the verifier linear
    if (bytes.empty() || !flexbuffers::VerifyBuffer(bytes.data(), bytes.size(), &seen))
        return std::nullopt;
    const auto root = flexbuffers::GetRoot(bytes.data(), bytes.size());
    types::CustomOptions options;
    if (root.IsTypedVector())
        appendNumbers(root.AsTypedVector(), options);
    else if (root.IsFixedTypedVector())
        appendNumbers(root.AsFixedTypedVector(), options);
    else if (root.IsVector())  // a map is one, too
        appendNumbers(root.AsVector(), options);
    else
        return std::nullopt;
    if (!root.IsMap()) return options;
    const auto keys = root.AsMap().Keys();
    if (keys.size() != options.numbers.size()) return std::nullopt;
    for (size_t i = 0; i < keys.size(); ++i)
        options.numbers[i].name = keyText(keys[i].AsKey(), bytes);
    return options;
}

std::vector<uint8_t> packCustomOptions(const types::CustomOptions& options) {
    if (options.numbers.empty()) return {};
    flexbuffers::Builder builder;
    builder.Map([&] {
        for (const Number& number : options.numbers)
            if (number.isInteger)
                builder.Int(number.name.c_str(), static_cast<int64_t>(number.value));
            else
                builder.Float(number.name.c_str(), static_cast<float>(number.value));
    });
    builder.Finish();
    return builder.GetBuffer();
}

}  // namespace tflite
