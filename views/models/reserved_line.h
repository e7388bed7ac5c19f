// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace views {

/// The line of a board's memory that stands for what the user runs beside the model, the same in
/// every table that edits it.
inline constexpr const char* kOtherReserved = "other (stack, RTOS, drivers)";

}  // namespace views
