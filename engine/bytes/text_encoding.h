// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Text as its program wrote it: Windows' PowerShell and spreadsheets save UTF-16.

#include <string>

namespace bytes {

/// Returns UTF-8 without a byte order mark: decodes UTF-16 that a mark or zeros beside ASCII
/// characters show, cuts off the mark of UTF-8, and returns all else unchanged. Half a surrogate
/// pair becomes U+FFFD.
std::string asUtf8(std::string text);

}  // namespace bytes
