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
#define NETCALIPER_NAME(name, text) \
    case OpKind::name:              \
        return text;
        NETCALIPER_CUSTOM_KINDS(NETCALIPER_NAME)
#undef NETCALIPER_NAME
        case OpKind::Count:
            break;
    }
    return "BUILTIN_" + std::to_string(static_cast<int32_t>(kind));
}

OpKind customKind(std::string_view name) {
#define NETCALIPER_KIND(kind, text) \
    if (name == text) return OpKind::kind;
    NETCALIPER_CUSTOM_KINDS(NETCALIPER_KIND)
#undef NETCALIPER_KIND
    return OpKind::CUSTOM;
}

}  // namespace types
