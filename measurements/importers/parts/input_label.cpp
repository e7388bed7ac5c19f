// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/parts/input_label.h"

#include "importers/parts/text_scan.h"

namespace importers {

std::optional<int32_t> inputLabel(std::string_view fileName, size_t classes) {
    const auto pieces = piecesOf(fileName.substr(0, fileName.rfind('.')), '_');
    if (pieces.size() != 4 || pieces[0] != "tst" || !integerOf(pieces[1])) return std::nullopt;
    const auto label = integerOf(pieces[3]);
    if (!label || *label < 0 || static_cast<size_t>(*label) >= classes) return std::nullopt;
    return static_cast<int32_t>(*label);
}

}  // namespace importers
