// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Reads the layer table of a report of ST's tools by the columns of its title line:
//   m_id  layer (type,original)           oshape            param/size   macc    connected to | ...
//         (older: "id   layer (original)   oshape ...", nothing after "connected to")
//   0     conv2d_0 (Conv2D, CONV_2D)      [b:1,h:28,c:40]   160/280      3,400   input        | ...
// A layer with several outputs has one shape directly behind the other. The oldest (to X-CUBE-AI 5)
// has the MACCs behind the connections:
//   id  layer (type)               output shape   param #   connected to   macc       rom
//       conv2d_0 (Conv2D)          (28, 28, 6)    156       input_0        122,400    624

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace importers {

struct StLayerRow {
    int32_t layer = -1;    ///< the model's operator
    std::string original;  ///< "CONV_2D", or the tool's own type; empty for inputs and constants
    std::string outShape;  ///< "1x28x40", of the first output
    std::optional<double> macc, bytes;
};

class StLayerTable {
public:
    /// Takes one trimmed line; returns a row where it is a layer's.
    std::optional<StLayerRow> take(std::string_view line);

private:
    void takeTitle(std::string_view line);

    bool m_inside = false;
    bool m_isOldest = false;
    int32_t m_layer = -1;  ///< rows after a layer's first omit its number
};

}  // namespace importers
