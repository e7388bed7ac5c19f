// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A row of a session about memory: "memory/arena".

#include "types/instruction_mix.h"
#include "types/session.h"

namespace runners {

inline void addMemoryRow(types::Session& session, const char* what, double bytes,
                         const char* note = "") {
    types::Measurement m;
    m.key = types::keyWithin("memory", what);
    m.quantity = types::Quantity::Bytes;
    m.samples = {bytes};
    m.note = note;
    session.measurements.push_back(std::move(m));
}

}  // namespace runners
