// SPDX-License-Identifier: GPL-3.0-or-later
#include "types/op.h"

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

}  // namespace types
