// SPDX-License-Identifier: GPL-3.0-or-later
#include "types/op_kind.h"

namespace types {

std::string opName(OpKind kind) {
    switch (kind) {
#define NETCALIPER_NAME(name, code) \
    case OpKind::name:              \
        return #name;
        NETCALIPER_OP_KINDS(NETCALIPER_NAME)
#undef NETCALIPER_NAME
    }
    return "BUILTIN_" + std::to_string(static_cast<int32_t>(kind));
}

}  // namespace types
