// SPDX-License-Identifier: GPL-3.0-or-later
// Passwords do not stand in addresses, and no message repeats one.
#include <gtest/gtest.h>

#include "store/sweep_database.h"

namespace {

using store::isServerAddress;

std::string refusalOf(const std::string& address) {
    store::Patience patience;
    patience.firstSeconds = 0;
    const auto opened = store::openSweepStore(address, store::IfMissing::Create, patience);
    EXPECT_FALSE(opened);
    return opened ? "" : opened.error().message();
}

TEST(ServerAddress, AServerIsToldFromAFile) {
    EXPECT_TRUE(isServerAddress("postgresql://db.example.org/sweeps"));
    EXPECT_TRUE(isServerAddress("postgres://?service=sweeps"));
    EXPECT_FALSE(isServerAddress("sweep.db"));
    EXPECT_FALSE(isServerAddress("/tmp/postgresql/sweep.db"));
    EXPECT_FALSE(isServerAddress("postgresql.db"));
}

TEST(ServerAddress, APasswordIsRefusedAndNotRepeated) {
    for (const char* address :
         {"postgresql://me:hunter2@db.example.org/sweeps",
          "postgresql://db.example.org/sweeps?user=me&password=hunter2",
          "postgresql://db.example.org/sweeps?sslpassword=hunter2",
          "postgres://me:hunter2@db.example.org:port/sweeps",
          "postgresql://me:hun/ter2hunter2@db.example.org/sweeps",
          "postgresql:/me:hunter2@db.example.org/sweeps",
          "postgresql:me:hunter2@db.example.org/sweeps", "mysql://me:hunter2@db.example.org/sweeps",
          "https://me:hunter2@db.example.org/sweeps", "host=db user=me password=hunter2",
          "postgresql://me:hunter2@[broken/sweeps",
          "postgresql://db.example.org/sweeps?pasword=hunter2"}) {
        const std::string message = refusalOf(address);
        EXPECT_EQ(message.find("hunter2"), std::string::npos) << message;
        const bool tells = message.find("holds a password") != std::string::npos ||
                           message.find("is not the address") != std::string::npos;
        EXPECT_TRUE(tells) << address << ": " << message;
    }
}

TEST(ServerAddress, AMessageNamesTheServer) {
    EXPECT_NE(refusalOf("postgresql://127.0.0.1:1/sweeps?connect_timeout=2")
                  .find("database 'sweeps' on 127.0.0.1"),
              std::string::npos);
    EXPECT_NE(refusalOf("postgresql://?service=none_of_this_name").find("service"),
              std::string::npos);
}

}  // namespace
