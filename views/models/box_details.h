// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// BoxDetails: what the graph's panel says of a box: its figure, its tensors with their quantization
// and which operators they come from and go to, as rich text with links to those.

#include "views/models/graph_picture.h"

namespace views {

/// `muted`: colour of secondary text. Links are "subgraph:op" (placeOfLink()) and "fold".
QString boxDetailsHtml(const GraphPicture& picture, int box, const Reading& reading, Metric metric,
                       const QString& muted);

/// The operator that a link of the text leads to.
std::optional<OpPlace> placeOfLink(const QString& link);

}  // namespace views
