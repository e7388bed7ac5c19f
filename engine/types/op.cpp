// SPDX-License-Identifier: GPL-3.0-or-later
#include "types/op.h"

#include <algorithm>

namespace types {

Activation activationOf(const OpOptions& options) {
    return std::visit(
        [](const auto& o) {
            if constexpr (requires { o.activation; })
                return o.activation;
            else
                return Activation::None;
        },
        options);
}

std::optional<int32_t> CustomOptions::integer(size_t position) const {
    if (position >= numbers.size() || !numbers[position].isInteger) return std::nullopt;
    const double value = numbers[position].value;
    if (!(value >= INT32_MIN && value <= INT32_MAX)) return std::nullopt;
    return static_cast<int32_t>(value);
}

std::optional<int32_t> CustomOptions::integer(std::string_view name) const {
    const auto found = std::find_if(numbers.begin(), numbers.end(),
                                    [name](const Number& number) { return number.name == name; });
    return integer(static_cast<size_t>(found - numbers.begin()));
}

}  // namespace types
