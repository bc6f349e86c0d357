/** How to install Wireshark's command-line tools here, as a sentence. */
export function installHint(platform: NodeJS.Platform): string {
  switch (platform) {
    case 'darwin':
      return 'Install it with "brew install wireshark", or from https://www.wireshark.org/download.html.';
    case 'win32':
      return 'Install Wireshark, TShark included, from https://www.wireshark.org/download.html.';
    default:
      return 'Install it: "sudo apt-get install tshark" (Debian, Ubuntu), "sudo dnf install wireshark-cli" (Fedora, RHEL), "sudo pacman -S wireshark-cli" (Arch), "sudo apk add tshark" (Alpine).';
  }
}
