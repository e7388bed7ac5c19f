// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Groups that file names tell: samples of one speaker, subject or recording resemble each other, so
// that a model judged on one has seen the others.

#include <string>

namespace data {

/// What a name says about its origin: "0a7c2a8d" of 0a7c2a8d_nohash_1.wav (Speech Commands),
/// "speaker12" of up_speaker-12_3.wav; so do spk, subject, user, person, patient, session,
/// recording and rec with a number. Empty: nothing.
std::string groupOfName(const std::string& name);

}  // namespace data
