// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to lowering: sliding windows from options and shapes.

#include "lowering/prepare/op_view.h"
#include "runtime/kernels/window.h"

namespace lowering {

/// The window of a convolution or pool over the NHWC input 0.
runtime::Window makeWindow(const OpView& op, int32_t filterHeight, int32_t filterWidth);

/// Refuses a window that lies completely outside the image at some position: an average of nothing.
void requireTapEverywhere(const OpView& op, const runtime::Window& window);

}  // namespace lowering
