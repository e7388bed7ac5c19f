// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to the room: how the model's inputs lie in memory. An input that reaches a convolution,
// a pool or another operator of images is NHWC, as microcontrollers and datasets have it; so is a
// sequence that reaches a 1-D convolution. Other inputs stay as the model states them.

#include "onnx/onnx_network.h"
#include "onnx/view.h"

namespace onnx {

class InputLayout {
public:
    explicit InputLayout(const OnnxNetwork& network);
    AxisOrder orderOf(const Port& port) const;

private:
    std::map<std::string, std::vector<const Node*>> m_readers;
};

}  // namespace onnx
